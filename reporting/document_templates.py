"""Which template a unit's documents are made from, and what each kind of template is.

A unit uses its own, or that of the nearest unit above it that has one, or the delivered file.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dxreport.lib import reading
from dxreport.lib.downloads import DOCX, XLSX
from reporting import appendix_template, appendix_workbook
from reporting.models import DocumentTemplate
from reporting.report.template_check import LARGEST_FILE, check_template
from reporting.report.word import TEMPLATE
from schools.hierarchy import standing_day
from schools.models import Ancestry, OrgUnit
from schools.models.units import in_force

Kind = DocumentTemplate.Kind


@dataclass(frozen=True)
class TemplateKind:
    """What a page needs to know of one kind of template. `check` gives sentences, none for a good file."""

    check: Callable[[bytes], list[str]]
    delivered: Path
    content_type: str
    extension: str
    largest: int  # bytes
    route: str
    name: str | Promise
    lede: str | Promise
    delivered_words: str | Promise  # after "… dùng mẫu của hệ thống, "
    home: str  # the page of the documents made from it
    home_name: str | Promise


KINDS: Mapping[str, TemplateKind] = {
    Kind.REPORT: TemplateKind(
        check=check_template,
        delivered=TEMPLATE,
        content_type=DOCX,
        extension="docx",
        largest=LARGEST_FILE,
        route="report_template",
        name=_("Mẫu Word của báo cáo"),
        lede=_(
            "Báo cáo Word được điền vào mẫu này. Tải mẫu về, sửa bằng Word hoặc LibreOffice rồi tải lên: "
            "hệ thống kiểm tra và điền thử trước khi dùng."
        ),
        delivered_words=_("đúng thể thức Nghị định 30/2020/NĐ-CP"),
        home="report",
        home_name=_("Báo cáo"),
    ),
    Kind.APPENDIX: TemplateKind(
        check=appendix_workbook.check_template,
        delivered=appendix_template.TEMPLATE,
        content_type=XLSX,
        extension="xlsx",
        largest=reading.LIMITS.file,
        route="appendix_template",
        name=_("Mẫu Excel của phụ lục"),
        lede=_(
            "Số liệu được điền vào các ô có tên của mẫu này; ô gộp, ghi chú và kiểu dáng giữ nguyên. "
            "Tải mẫu về, sửa bằng Excel hoặc LibreOffice rồi tải lên: hệ thống kiểm tra và điền thử "
            "trước khi dùng."
        ),
        delivered_words=_("có đủ các dòng mà Công văn 604/BGDĐT-CNTT yêu cầu"),
        home="appendix",
        home_name=_("Phụ lục"),
    ),
}


def template_in_use(unit: OrgUnit, kind: Kind, *, on: dt.date | None = None) -> DocumentTemplate | None:
    """The template of `unit` or of the nearest unit above it on a day (today); None: the delivered one.

    One query.
    """
    day = standing_day(unit, on or timezone.localdate())
    above = Ancestry.objects.filter(in_force(day), descendant=unit)
    depth = Subquery(above.filter(ancestor=OuterRef("unit")).values("depth")[:1])
    found = DocumentTemplate.objects.current().filter(kind=kind, unit__in=above.values("ancestor"))
    return found.select_related("unit", "uploaded_by").annotate(depth=depth).order_by("depth").first()


def template_data(unit: OrgUnit, kind: Kind, *, on: dt.date | None = None) -> bytes:
    """The file that the documents of `unit` are made from."""
    found = template_in_use(unit, kind, on=on)
    return KINDS[kind].delivered.read_bytes() if found is None else bytes(found.data)


def hashes_in_use(unit: OrgUnit) -> dict[str, str]:
    """By kind the SHA-256 of the file that the documents of `unit` are made from, for who keeps them."""
    found = {kind: template_in_use(unit, Kind(kind)) for kind in KINDS}
    return {str(kind): _delivered_hash(kind) if one is None else one.sha256 for kind, one in found.items()}


def template_of_hash(kind: Kind, sha256: str) -> bytes:
    """The file of that SHA-256; the delivered one where it was one that an older version delivered."""
    kept = DocumentTemplate.objects.filter(kind=kind, sha256=sha256).first()
    return KINDS[kind].delivered.read_bytes() if kept is None else bytes(kept.data)


def _delivered_hash(kind: str) -> str:
    return hashlib.sha256(KINDS[kind].delivered.read_bytes()).hexdigest()
