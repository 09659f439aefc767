"""The appendix as a workbook: the ministry's form, filled in place, read back, held against the screen."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from dxreport.lib.filling import Filling, fill, names_in
from dxreport.lib.reading import WorkbookRefused
from indicators.kept import catalogue_of
from indicators.models import Indicator, IndicatorSet
from reporting.appendix import TITLE, Appendix
from reporting.appendix_cells import FIGURE, WORDS, fillings, read_name
from reporting.appendix_check import faults
from reporting.appendix_sample import sample_appendix, sample_letterhead
from reporting.appendix_template import TEMPLATE, build
from reporting.appendix_template_check import is_fit, problems
from reporting.notes import LANGUAGE
from reporting.report.letterhead import Letterhead
from reporting.report.tokens import ReportError

FAULTS_NAMED, MOST_SENTENCES = 3, 30
logger = logging.getLogger(__name__)


class AppendixError(ReportError):
    """A workbook that does not say what the screen says; the message names the cells."""


def appendix_workbook(appendix: Appendix, letterhead: Letterhead, template: bytes | None = None) -> bytes:
    """The .xlsx file, in Vietnamese; the same appendix in the same template gives the same bytes.

    `template` is a checked one of the department's own. Without it, and where it asks for other indicators
    than the period's set has, the delivered form is filled, or one made for the set. Raises AppendixError.
    """
    with override(LANGUAGE):
        indicators = [figure.indicator for figure in appendix.figures]
        chosen = template if template and _asks_for(template, indicators) else template_for(indicators)
        told = fillings(appendix, letterhead)

        def filling_of(name: str) -> Filling | None:
            found = read_name(name)
            return told.get(found) if found else None

        title = f"{TITLE}, {appendix.period.name}, {appendix.unit.name}"
        data = fill(chosen, filling_of, title=title, made_on=appendix.made_on)
        _check(data, appendix)
    return data


def template_for(indicators: Sequence[Indicator]) -> bytes:
    """The delivered form where it asks for these indicators, or one made for them."""
    delivered = TEMPLATE.read_bytes()
    return delivered if _asks_for(delivered, indicators) else build(indicators)


def _asks_for(template: bytes, indicators: Sequence[Indicator]) -> bool:
    names = [name for name in names_in(template) if name.startswith((FIGURE, WORDS))]
    return is_fit(names, indicators)


def _check(data: bytes, appendix: Appendix) -> None:
    """Raises AppendixError unless every cell, read back, says what the screen says."""
    try:
        found = faults(data, appendix)
    except WorkbookRefused as error:
        raise AppendixError(f"Không đọc lại được bảng phụ lục vừa điền: {error.sentence}") from error
    if found:
        named = "; ".join(map(str, found[:FAULTS_NAMED]))
        more = f" và {len(found) - FAULTS_NAMED} ô khác" if len(found) > FAULTS_NAMED else ""
        raise AppendixError(f"Bảng phụ lục không khớp với màn hình nên chưa được xuất: {named}{more}.")


def check_template(data: bytes) -> list[str]:
    """What speaks against a form of the department's own, in sentences; it is also filled in on trial."""
    found = IndicatorSet.objects.order_by("-valid_from", "pk").first()
    indicators = catalogue_of(found).indicators if found else ()
    return problems(data, indicators)[:MOST_SENTENCES] or _trial(data, indicators)


def _trial(data: bytes, indicators: Sequence[Indicator]) -> list[str]:
    try:
        appendix_workbook(sample_appendix(indicators), sample_letterhead(), data)
    except AppendixError as error:
        return [str(error)]
    except Exception:
        # What is well-formed and allowed can still be built as nobody foresaw; it must not be kept.
        logger.exception("A form of the appendix could not be filled in on trial")
        return [_("Không điền thử được vào mẫu này. Hãy mở tệp bằng Excel, lưu thành tệp mới rồi tải lên.")]
    return []
