"""How a table of the explorer is laid out: what runs down, what runs across, which numbers stand in it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Axis(TextChoices):
    """What every figure is one of: a unit, an indicator and a period."""

    UNIT = "unit", pgettext_lazy("axis", "Đơn vị")
    INDICATOR = "indicator", _("Chỉ số")
    PERIOD = "period", _("Kỳ báo cáo")


class Measure(TextChoices):
    """The numbers of one figure that a table may show."""

    VALUE = "value", _("Kết quả")
    NUMERATOR = "numerator", _("Tử số")
    DENOMINATOR = "denominator", _("Mẫu số")
    COUNTED = "counted", _("Số đơn vị có số liệu")
    EXPECTED = "expected", _("Số đơn vị được hỏi")


class Layout(TextChoices):
    """What runs down a table, by its word in the address; the rest runs across."""

    UNITS = "unit", _("Mỗi đơn vị một dòng")
    UNITS_PERIODS = "unit-period", _("Mỗi đơn vị, mỗi kỳ một dòng")
    UNITS_INDICATORS = "unit-indicator", _("Mỗi đơn vị, mỗi chỉ số một dòng")
    INDICATORS = "indicator", _("Mỗi chỉ số một dòng")
    INDICATORS_PERIODS = "indicator-period", _("Mỗi chỉ số, mỗi kỳ một dòng")
    PERIODS = "period", _("Mỗi kỳ một dòng")

    @property
    def down(self) -> tuple[Axis, ...]:
        """What its rows are, the outer one first."""
        return tuple(Axis(one) for one in self.value.split("-"))

    @property
    def across(self) -> tuple[Axis, ...]:
        """What its columns are, the outer one first."""
        return tuple(one for one in (Axis.INDICATOR, Axis.UNIT, Axis.PERIOD) if one not in self.down)
