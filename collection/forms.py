"""Forms of decisions and periods. They parse and explain; the actions decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from collection.models import ReportingPeriod
from indicators.models import IndicatorSet
from schools.models import User


def _day(**options: Any) -> forms.DateField:
    # A native date picker; it speaks ISO whatever the language of the page.
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


def _reason(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class ReopenForm(forms.Form):
    """Why an approved submission is opened again."""

    reason = _reason(_("Lý do mở lại"))


class ExtensionForm(forms.Form):
    """Until when, and why, one submission gets more time."""

    due_on = _day(label=_("Hạn mới"))
    reason = _reason(_("Lý do gia hạn"))


class AssignForm(forms.Form):
    """Who looks after an anomaly, and until when; `people` are those who may."""

    owner = forms.ModelChoiceField(
        User.objects.none(), label=_("Người xử lý"), required=False, empty_label=_("Chưa giao ai")
    )
    due_on = _day(label=_("Hạn xử lý"), required=False)

    def __init__(self, *args: Any, people: QuerySet[User], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people


class ConfirmForm(forms.Form):
    """Why a number out of line is right."""

    reason = _reason(_("Vì sao số này đúng"))


class PeriodForm(forms.Form):
    """A new single period."""

    indicator_set = forms.ModelChoiceField(
        IndicatorSet.objects.order_by("-valid_from", "code"), label=_("Bộ chỉ số"), empty_label=None
    )
    code = forms.CharField(label=_("Mã kỳ"), max_length=20, help_text=_("Như 2024 hoặc 2024-HK1."))
    name = forms.CharField(label=_("Tên kỳ"), max_length=100, help_text=_("Như “Năm 2024”."))
    starts_on = _day(label=_("Từ ngày"))
    ends_on = _day(label=_("Đến ngày"))
    opens_on = _day(label=_("Ngày mở nhập liệu"), required=False)
    due_on = _day(label=_("Hạn nộp"))


class SpanForm(forms.Form):
    """Two single periods that make a span."""

    first = forms.ModelChoiceField(ReportingPeriod.objects.none(), label=_("Kỳ đầu"), empty_label=None)
    last = forms.ModelChoiceField(ReportingPeriod.objects.none(), label=_("Kỳ cuối"), empty_label=None)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("first", "last"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = ReportingPeriod.objects.single().order_by(
                "-starts_on" if name == "last" else "starts_on"
            )


class PeriodReopenForm(forms.Form):
    """Why a closed period is unlocked."""

    reason = _reason(_("Lý do mở lại kỳ"))
