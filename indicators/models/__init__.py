"""What is measured: indicator sets, data elements, forms, indicators, targets, rules."""

from .elements import Choice, ChoiceList, DataElement
from .forms import Form, FormElement, FormSection
from .indicator import Indicator, Target
from .rules import Rule
from .sets import IndicatorSet, Section

__all__ = [
    "Choice",
    "ChoiceList",
    "DataElement",
    "Form",
    "FormElement",
    "FormSection",
    "Indicator",
    "IndicatorSet",
    "Rule",
    "Section",
    "Target",
]
