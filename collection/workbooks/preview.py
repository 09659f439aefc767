"""What saving a workbook would change, cell by cell, before anything is saved. It only reads.

    checked = check_workbook(data, by=user)    # needs no request

A cell is new, changed, unchanged, in conflict (somebody else changed it since the workbook was
downloaded) or wrong. Rules and questions are judged on the values as they would be, by the same
functions as on the form. A few statements, however many units and cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from collection import authority
from collection.actions.writing import contents_seen, not_editable, returned_cells
from collection.asked import Asked, AskedForms
from collection.entries import CellRefused, Content, Entry, Held, HeldVersion, State, content_of
from collection.models import ReportingPeriod, Submission, Violation
from collection.parsing import Unreadable, entry_of
from collection.readings import Reading, readings_of
from collection.refusals import Refused, not_asked, not_returned
from collection.verdicts import Judgement, judge
from dxreport.lib.numbers import NumberRefused
from dxreport.lib.reading import LIMITS, Limits, Workbook, WorkbookRefused, read_workbook
from indicators.kept import catalogue_of
from indicators.models import DataElement, Form
from schools.hierarchy import among
from schools.models import User
from schools.roles import Permission

from .layout import Identity, fingerprint_of
from .reading import Answers, Fault, Place, TypedCell, answers_in, identity_of, outdated


class Outcome(StrEnum):
    """What would become of a cell."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    ERROR = "error"


@dataclass(frozen=True)
class CheckedCell:
    """One cell of the file that says something: what it would do, and to which version of the value."""

    submission: Submission
    element: DataElement
    place: Place
    outcome: Outcome
    new: Content
    old: HeldVersion | None = None
    sentence: str = ""  # of an error

    @property
    def seen(self) -> int:
        """The version of the value that this preview saw."""
        return self.old.version if self.old else 0

    def entry(self) -> Entry:
        """The cell as the strict save takes it, guarded by the version that was shown."""
        return entry_with(self.element.code, self.new, self.seen)


def entry_with(code: str, content: Content, seen: int) -> Entry:
    """`content` as an entry of the cell `code`, over the version `seen`."""
    return Entry(
        element_code=code,
        state=content.state,
        number=content.number,
        choices=content.choices,
        text=content.text,
        reason=content.reason,
        explanation=content.explanation,
        base_version=seen,
    )


@dataclass
class Checked:
    """A file as checked: which template it is, its cells, what is wrong, and the verdicts to come."""

    identity: Identity
    workbook: Workbook
    period: ReportingPeriod
    form: Form
    submissions: dict[str, Submission]  # by unit code, those that the file speaks of
    cells: list[CheckedCell] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)  # beside the cells that are wrong themselves
    judgements: dict[str, Judgement] = field(default_factory=dict)  # of the submissions that would change

    @property
    def errors(self) -> list[Fault]:
        """Everything that is wrong, in the order of the file."""
        cells = [Fault(cell.place, cell.sentence) for cell in self.cells if cell.outcome == Outcome.ERROR]
        return [*self.faults, *cells]

    def counts(self) -> dict[str, int]:
        """How many cells would become what; errors include those beside the cells."""
        found = dict.fromkeys(map(str, Outcome), 0)
        for cell in self.cells:
            found[cell.outcome] += 1
        found[Outcome.ERROR] += len(self.faults)
        return found

    def with_outcome(self, *outcomes: Outcome) -> list[CheckedCell]:
        """The cells of which one of `outcomes` would become true."""
        return [cell for cell in self.cells if cell.outcome in outcomes]


def check_workbook(data: bytes, *, by: User, limits: Limits = LIMITS) -> Checked:
    """Read `data` in a limited child process and check every cell of it against what is stored.

    Raises WorkbookRefused (not ours, another version, out of scope), PermissionDenied, or Refused
    where all of its submissions are locked. Wrong cells are no exception: they are in the answer.
    """
    return check(read_workbook(data, limits=limits), by=by)


def check(workbook: Workbook, *, by: User) -> Checked:
    """`check_workbook` for a file that has been read."""
    identity = identity_of(workbook)
    visible = _submissions(identity, by)
    first, forms = next(iter(visible.values())), AskedForms(visible.values())
    layout = catalogue_of(first.form.indicator_set).layout(first.form)
    if fingerprint_of(layout.form, layout.whole) != identity.fingerprint:
        raise WorkbookRefused(outdated(), code="outdated")
    elements = {asked.element.code: asked.element for one in layout.whole for asked in one.elements}
    answers = answers_in(workbook, identity, elements)
    submissions = {unit: visible[unit] for unit in answers.units if unit in visible}
    checked = Checked(identity, workbook, first.period, first.form, submissions, faults=list(answers.faults))
    checked.faults += _units_that_are_not_there(answers, identity, visible)
    if submissions:
        _check_cells(checked, answers, forms, elements, by)
    return checked


def _submissions(identity: Identity, by: User) -> dict[str, Submission]:
    """The submissions of the template's units in the user's scope, by unit code; at least one."""
    rows = Submission.objects.visible_to(by).with_context()
    asked = authority.with_extension(rows).filter(
        among("org_unit__code", set(identity.versions)),
        period__code=identity.period,
        form__code=identity.form,
    )
    found = {row.org_unit.code: row for row in asked if row.org_unit.code in identity.versions}
    if not found:
        raise WorkbookRefused(
            _(
                "Phiếu của tệp này không có trong phạm vi của bạn. Hãy tải tệp mẫu từ phiếu của đơn vị bạn"
                " rồi điền lại."
            ),
            code="scope",
        )
    return found


def _units_that_are_not_there(
    answers: Answers, identity: Identity, visible: Mapping[str, Submission]
) -> Iterable[Fault]:
    """Rows of units that the template was not filled with, or that are not the user's to see."""
    for unit, place in answers.units.items():
        if unit not in visible:
            yield Fault(
                place,
                _("Đơn vị “%(unit)s” không có trong phạm vi của bạn và của tệp mẫu này. Hãy xóa dòng này.")
                % {"unit": unit[:20]},
            )


# --- cells ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Sheet:
    """One submission while its cells are looked at."""

    submission: Submission
    asked: Asked
    reading: Reading
    locked: str  # why nothing of it may change, or ""
    open_cells: frozenset[str] | None  # None: every cell may change


def _check_cells(
    checked: Checked, answers: Answers, forms: AskedForms, elements: Mapping[str, DataElement], by: User
) -> None:
    sheets = _sheets(list(checked.submissions.values()), forms, by)
    seen = _seen(sheets, answers)
    for unit, sheet in sheets.items():
        would: dict[str, Held] = dict(sheet.reading.now)
        changed = False
        for code, typed in answers.cells.get(unit, {}).items():
            cell = _check_cell(sheet, elements[code], typed, seen.get((sheet.submission.pk, code)))
            if cell is None:
                continue
            checked.cells.append(cell)
            if cell.outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.CONFLICT):
                would[code], changed = cell.new, True
        if changed:
            catalogue = catalogue_of(sheet.submission.form.indicator_set)
            checked.judgements[unit] = judge(would, sheet.reading.before, sheet.asked, catalogue)
    _hear_explanations(checked)


def _sheets(submissions: Sequence[Submission], forms: AskedForms, by: User) -> dict[str, _Sheet]:
    """How each submission stands and why it is locked. Raises where all of them are."""
    asked = {row.pk: forms.of(row) for row in submissions}
    locks = _locks(submissions, by)
    readings = readings_of(submissions, submissions[0].period, asked)
    returned = returned_cells(submissions)
    return {
        row.org_unit.code: _Sheet(row, asked[row.pk], readings[row.pk], locks[row.pk], returned.get(row.pk))
        for row in submissions
    }


def _locks(submissions: Sequence[Submission], by: User) -> dict[int, str]:
    """Why nothing of a submission may change, by id. Raises for a file of which nothing may."""
    rights = authority.rights_at(by, [row.org_unit for row in submissions])
    today = timezone.localdate()
    denied = {
        row.pk: authority.denial(Permission.ENTER, row.org_unit)
        for row in submissions
        if Permission.ENTER not in rights[row.org_unit_id]
    }
    if len(denied) == len(submissions):
        raise PermissionDenied(denied[submissions[0].pk])
    locks = {row.pk: denied.get(row.pk) or not_editable(row, today) for row in submissions}
    if all(locks.values()):
        raise Refused(locks[submissions[0].pk])
    return locks


def _seen(sheets: Mapping[str, _Sheet], answers: Answers) -> dict[tuple[int, str], Content]:
    """What the workbook was filled with, for cells that have changed since: one query."""
    stale: dict[tuple[int, str], tuple[HeldVersion | None, int]] = {}
    for unit, sheet in sheets.items():
        for code, cell in answers.cells.get(unit, {}).items():
            value, base = sheet.reading.now.get(code), int(cell.typed.base)
            if base != (value.version if value else 0):
                stale[sheet.submission.pk, code] = (value, base)
    return contents_seen(stale) if stale else {}


def _check_cell(
    sheet: _Sheet, element: DataElement, cell: TypedCell, seen: Content | None
) -> CheckedCell | None:
    """What would become of one cell; None for a cell that says nothing.

    `seen` is what the workbook was filled with where that has changed since.
    """
    code = element.code
    old = sheet.reading.now.get(code)
    current = Content.of(old)
    base = current if seen is None else seen

    def outcome(kind: Outcome, new: Content = current, sentence: str = "") -> CheckedCell:
        return CheckedCell(sheet.submission, element, cell.place, kind, new, old, sentence)

    if cell.error:
        return outcome(Outcome.ERROR, sentence=cell.error)
    if code not in sheet.asked.elements:
        return outcome(Outcome.ERROR, sentence=not_asked(code)) if _says_something(cell) else None
    if not _says_something(cell):
        return None
    try:
        new = _content(cell, element, base, sheet.asked.choice_codes.get(code, ()))
    except (NumberRefused, Unreadable, CellRefused) as error:
        return outcome(Outcome.ERROR, sentence=str(error))
    is_stale = int(cell.typed.base) != (old.version if old else 0)
    if new == current or (is_stale and new == base):
        return outcome(Outcome.UNCHANGED)
    if sheet.locked:
        return outcome(Outcome.ERROR, sentence=sheet.locked)
    if sheet.open_cells is not None and code not in sheet.open_cells:
        return outcome(Outcome.ERROR, sentence=not_returned())
    if is_stale:
        return outcome(Outcome.CONFLICT, new)
    return outcome(Outcome.NEW if current.state == State.EMPTY else Outcome.CHANGED, new)


def _says_something(cell: TypedCell) -> bool:
    typed = cell.typed
    return bool(cell.is_answered or typed.reason or typed.explanation or cell.clears_explanation)


def _content(cell: TypedCell, element: DataElement, base: Content, choice_codes: Sequence[str]) -> Content:
    """What the cell puts in, where blanks leave what the workbook was filled with."""
    if cell.is_answered:
        content = content_of(entry_of(element.code, cell.typed, element), element, choice_codes)
        if cell.typed.reason and content.state != State.NOT_AVAILABLE:
            raise Unreadable(
                _("Có lý do nhưng ô có câu trả lời. Hãy xóa lý do, hoặc chọn “Không có số liệu”.")
            )
    elif cell.typed.reason:
        if base.state != State.NOT_AVAILABLE:
            raise Unreadable(_("Có lý do nhưng chưa chọn vì sao để trống. Hãy chọn “Không có số liệu”."))
        content = replace(base, reason=cell.typed.reason)
    else:
        content = base
    kept = "" if cell.clears_explanation else cell.typed.explanation or base.explanation
    if kept == content.explanation:
        return content
    return content_of(entry_with(element.code, replace(content, explanation=kept), 0), element, choice_codes)


def _hear_explanations(checked: Checked) -> None:
    """What units have said to rules, for the submissions that would change: one query."""
    ids = {checked.submissions[unit].pk: unit for unit in checked.judgements}
    rows = Violation.objects.filter(submission__in=list(ids)).exclude(explanation="")
    said: dict[str, dict[str, str]] = {}
    for pk, code, text in rows.values_list("submission", "rule__code", "explanation"):
        said.setdefault(ids[pk], {})[code] = text
    for unit, explanations in said.items():
        checked.judgements[unit] = replace(checked.judgements[unit], explanations=explanations)
