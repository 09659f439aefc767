"""The style page: every component of the visual language, on real Vietnamese text.

It is the documentation of `static/css/` and opens only with DEBUG, at /_look/. Its figures are
examples, not data.
"""

from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django_tables2 import RequestConfig

from dxreport.lib.tables import BaseTable, NumberColumn, PercentColumn
from dxreport.look_charts import DISTRICTS, district_chart, trend_chart

FAULTS = ("400", "403", "403_csrf", "404", "405", "500")
NOT_THERE = _("Không có đơn vị này trong phạm vi của bạn. Hãy tìm trong danh sách đơn vị.")


class DistrictTable(BaseTable):
    """A list as the pages show it."""

    name = "Đơn vị"
    unit = tables.Column(verbose_name="Đơn vị")
    schools = NumberColumn(verbose_name="Số cơ sở")
    teachers = NumberColumn(verbose_name="Giáo viên")
    share = PercentColumn(verbose_name="Giáo viên có máy tính")


class SampleForm(forms.Form):
    """A form as the pages show it."""

    name = forms.CharField(label="Tên đơn vị", help_text="Tên đầy đủ theo quyết định thành lập.")
    kind = forms.ChoiceField(
        label="Loại đơn vị", choices=[("", "Chọn loại đơn vị"), ("school", "Trường"), ("office", "Phòng")]
    )
    levels = forms.MultipleChoiceField(
        label="Cấp học",
        choices=[("primary", "Tiểu học"), ("lower", "Trung học cơ sở"), ("upper", "Trung học phổ thông")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label="Tôi đã kiểm tra số liệu của kỳ này")


def district_rows() -> list[dict[str, Any]]:
    """Rows of the sample list; one share is missing, and shows as a dash."""
    return [
        {"unit": unit, "schools": schools, "teachers": teachers, "share": Decimal(share) if share else None}
        for unit, schools, teachers, share in DISTRICTS
    ]


def look(request: HttpRequest) -> HttpResponse:
    """Every component, once."""
    table = DistrictTable(district_rows())
    RequestConfig(request, paginate={"per_page": 5}).configure(table)
    empty = DistrictTable([])
    form = SampleForm({"name": "", "kind": "school"})
    messages.success(request, "Đã lưu 58 số liệu của phiếu trường phổ thông, kỳ 2023.")
    messages.warning(request, "Kỳ 2023 đóng sau 5 ngày; 12 trường chưa nộp phiếu.")
    messages.error(request, "Chưa nộp được phiếu: còn 2 ô sai. Hãy sửa các ô có viền đỏ rồi nộp lại.")
    return render(
        request,
        "look/look.html",
        {"table": table, "empty": empty, "form": form, "charts": [district_chart(), trend_chart()]},
    )


def fault(request: HttpRequest, name: str) -> HttpResponse:
    """A page of what went wrong, as visitors get it without DEBUG."""
    if name not in FAULTS:
        raise Http404
    return render(request, f"{name}.html", {"sentence": NOT_THERE})


urlpatterns = [path("", look, name="look"), path("<str:name>/", fault, name="look_fault")]
