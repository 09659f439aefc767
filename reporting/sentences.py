"""Figures in words: what pages, tiles and charts say about them. Plain functions, no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collection.workflow import Basis
from dxreport.lib.numbers import format_change, format_number, format_percent
from indicators.models import Target
from indicators.targets import Status, requirement
from reporting.figures import Figure
from reporting.progress import Progress
from reporting.violations import ViolationNote

JUDGED = frozenset({Status.MET, Status.NOT_MET})


def inside_sentence(text: str) -> str:
    """A name as it stands inside a sentence: "Học sinh có máy tính" -> "học sinh có máy tính".

    A word that goes on in capitals (THPT) keeps its first one.
    """
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def status_word(figure: Figure) -> str:
    """Where a figure stands, as its chip says it."""
    match figure.status:
        case Status.MET:
            return _("Đạt")
        case Status.NOT_MET:
            return _("Chưa đạt")
        case Status.NO_TARGET:
            return _("Chưa có mục tiêu")
        case Status.NOT_APPLICABLE:
            return _("Không áp dụng")
    return _("Chưa có số liệu") if figure.units_expected else _("Không hỏi ở đây")


def target_value(figure: Figure, target: Target | None) -> str:
    """The value of a target as its indicator is shown: "50%" or "1.200"; "" without a target."""
    if target is None:
        return ""
    return format_percent(target.value) if figure.is_ratio else format_number(target.value)


def target_text(figure: Figure) -> str:
    """The target with its comparison: "≥ 50%", "> 50%", "≤ 5%"; "" without one."""
    return "" if figure.target is None else requirement(figure.indicator.kind, figure.target)


def is_unverified(figure: Figure) -> bool:
    """Whether its target has not been compared with the document yet."""
    return figure.target is not None and not figure.target.is_verified


def distance(figure: Figure) -> Decimal | None:
    """How far the value lies above its target (below: negative), in points or in its own unit."""
    if figure.value is None or figure.target is None:
        return None
    return figure.value - figure.target.value


def gap_text(figure: Figure) -> str:
    """What is missing, in people or schools where it can be counted; what is beyond; or "".

    "còn thiếu 10.813 học sinh", "vượt 34,34 điểm", "bằng mục tiêu".
    """
    apart = distance(figure)
    if apart is None or figure.target is None:
        return ""
    at_most = figure.target.comparison == Target.Comparison.AT_MOST
    if figure.status == Status.NOT_MET:
        missing = figure.gap if figure.gap is not None else abs(apart)
        words = _("thừa %(number)s %(measure)s") if at_most else _("còn thiếu %(number)s %(measure)s")
        return (words % {"number": format_number(missing), "measure": figure.indicator.measure}).strip()
    if apart == 0:
        return _("bằng mục tiêu")
    words = _("dưới mức %(amount)s") if at_most else _("vượt %(amount)s")
    return words % {"amount": amount_text(figure, abs(apart))}


def amount_text(figure: Figure, amount: Decimal) -> str:
    """A difference without sign: "5,12 điểm" for a ratio, "120 máy" for a count."""
    if figure.is_ratio:
        return _("%(number)s điểm") % {"number": format_number(amount)}
    return f"{format_number(amount)} {figure.indicator.measure}".strip()


def signed_text(figure: Figure, change: Decimal) -> str:
    """A change with its sign: "+5,12 điểm" for a ratio, "−120 máy" for a count."""
    if figure.is_ratio:
        return _("%(change)s điểm") % {"change": format_change(change)}
    return f"{format_change(change)} {figure.indicator.measure}".strip()


def change_text(figure: Figure, before: Figure | None, when: str) -> str:
    """The change since `before`, whose period is called `when`; "" where one of the two is missing."""
    if before is None or figure.value is None or before.value is None:
        return ""
    change = figure.value - before.value
    if change == 0:
        return _("không đổi so với %(period)s") % {"period": when}
    if figure.is_ratio:
        return _("%(change)s điểm so với %(period)s") % {"change": format_change(change), "period": when}
    return _("%(change)s %(measure)s so với %(period)s") % {
        "change": format_change(change),
        "measure": figure.indicator.measure,
        "period": when,
    }


def sentence_of(words: str) -> str:
    """Words that stand inside a sentence, as one of their own."""
    return f"{words[:1].upper()}{words[1:]}"


def coverage_text(figure: Figure) -> str:
    """ "366/370 đơn vị": units counted of units asked; "" where nobody is asked."""
    if not figure.units_expected:
        return ""
    return _("%(counted)s/%(expected)s đơn vị") % {
        "counted": format_number(figure.units_counted),
        "expected": format_number(figure.units_expected),
    }


def basis_text(basis: Basis) -> str:
    """ "số liệu chính thức" or "số liệu tạm tính"."""
    return _("số liệu chính thức") if basis == Basis.OFFICIAL else _("số liệu tạm tính")


def judged(figures: Iterable[Figure]) -> list[Figure]:
    """The figures that have both a value and a target."""
    return [figure for figure in figures if figure.status in JUDGED]


def has_fallen(figure: Figure, before: Figure | None) -> bool:
    """Whether a figure that should be high is lower than `before`."""
    if figure.value is None or before is None or before.value is None:
        return False
    at_most = figure.target is not None and figure.target.comparison == Target.Comparison.AT_MOST
    return figure.value < before.value and not at_most


def headline(figures: Sequence[Figure], worst: Figure | None, *, fallen: int = 0, since: str = "") -> str:
    """How many targets are met, then how many figures have fallen `since`, else where most is missing."""
    with_target = judged(figures)
    met = sum(figure.status == Status.MET for figure in with_target)
    sentence = _met_of_all(met, len(with_target), _goals(figures))
    if fallen:
        return ngettext(
            "%(sentence)s; %(fallen)s chỉ số giảm so với %(period)s",
            "%(sentence)s; %(fallen)s chỉ số giảm so với %(period)s",
            fallen,
        ) % {"sentence": sentence, "fallen": format_number(fallen), "period": since}
    if worst is None or met == len(with_target):
        return sentence
    return _("%(sentence)s; thiếu nhiều nhất: %(indicator)s") % {
        "sentence": sentence,
        "indicator": inside_sentence(worst.indicator.short_label),
    }


def _goals(figures: Iterable[Figure]) -> str:
    """ "mục tiêu năm 2025"; without the year when targets of several years are among them."""
    years = {figure.target.year for figure in figures if figure.target is not None}
    return _("mục tiêu năm %(year)s") % {"year": years.pop()} if len(years) == 1 else _("mục tiêu")


def _met_of_all(met: int, total: int, goals: str) -> str:
    words = {"met": format_number(met), "all": format_number(total), "goals": goals}
    if total == 0:
        return _("Chưa có số liệu để so với %(goals)s") % words
    if total == 1:
        return (_("Mục tiêu duy nhất đã đạt") if met else _("Mục tiêu duy nhất chưa đạt")) % words
    if met == 0:
        return _("Chưa đạt mục tiêu nào trong %(all)s %(goals)s") % words
    if met == total:
        return _("Cả %(all)s %(goals)s đều đã đạt") % words
    return (
        ngettext("%(met)s trong %(all)s %(goals)s đã đạt", "%(met)s trong %(all)s %(goals)s đã đạt", met)
        % words
    )


def lede(basis: Basis, period: str, progress: Progress) -> str:
    """Basis, period, how many submissions count of those expected, and when one last changed."""
    if not progress.expected:
        return _("Kỳ %(period)s: đơn vị không có phiếu nào phải nộp.") % {"period": period}
    words = {
        "period": period,
        "approved": format_number(progress.approved),
        "submitted": format_number(progress.submitted),
        "expected": format_number(progress.expected),
    }
    if basis == Basis.OFFICIAL:
        text = _("Số liệu chính thức, kỳ %(period)s: đã duyệt %(approved)s/%(expected)s phiếu.") % words
    else:
        text = (
            _(
                "Số liệu tạm tính, kỳ %(period)s: gồm cả phiếu chưa duyệt;"
                " đã nộp %(submitted)s/%(expected)s phiếu, đã duyệt %(approved)s."
            )
            % words
        )
    if progress.last_change is None:
        return text
    moment = timezone.localtime(progress.last_change)
    changed = _("Thay đổi lần cuối lúc %(time)s ngày %(day)s.") % {
        "time": f"{moment:%H:%M}",
        "day": date_format(moment, "SHORT_DATE_FORMAT"),
    }
    return f"{text} {changed}"


def derivation(figure: Figure) -> str:
    """How a value came about: "64.450 trong 150.525 học sinh, của 231/231 đơn vị." """
    if figure.value is None:
        return _("Chưa có đơn vị nào cho đủ số liệu.") if figure.units_expected else ""
    coverage = coverage_text(figure)
    part, whole = _counted(figure, figure.numerator), _counted(figure, figure.denominator)
    if figure.is_ratio:
        words = {"numerator": format_number(figure.numerator), "whole": whole, "coverage": coverage}
        return _("%(numerator)s trong %(whole)s, của %(coverage)s.") % words
    return _("%(number)s, của %(coverage)s.") % {"number": part, "coverage": coverage}


def _counted(figure: Figure, number: int | None) -> str:
    """A number of what the indicator counts: "9.083 giáo viên"."""
    return f"{format_number(number)} {figure.indicator.measure}".rstrip()


def violation_text(note: ViolationNote, period: str) -> str:
    """Which rule is violated, where, when (`period` in words), and what was said about it."""
    where = _("Quy tắc %(rule)s, %(unit)s, kỳ %(period)s.") % {
        "rule": note.rule_code,
        "unit": note.unit_name,
        "period": period,
    }
    if note.explanation:
        said = _("Giải trình: %(text)s") % {"text": note.explanation}
    else:
        said = _("Chưa có giải trình.")
    return f"{where} {said}"
