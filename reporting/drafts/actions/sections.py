"""Beginning a draft, writing its sections, naming their authors.

Two people may write one section. Whoever saves says which version was read: if somebody else saved
meanwhile, both changes become one text where they do not touch, and otherwise nothing is changed and
the other text is told. Whatever was sent is kept as a version either way.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from collection.refusals import Refused
from reporting.drafts import merging
from reporting.drafts.rights import possible_authors, require_naming, require_writing
from reporting.drafts.selections import selection_of
from reporting.models import Draft, DraftSection, SectionVersion
from reporting.report.build import read_source
from reporting.report.default_text import default_sections
from reporting.selection import Selection
from schools.access import require
from schools.models import OrgUnit, User
from schools.roles import Permission

from .audit import record

MOST_CHARACTERS = 60_000
# Saves of one author that follow each other within this time are one sitting.
SITTING = dt.timedelta(minutes=10)
# Control marks and halves of a character, which JSON can spell: no database or Word file holds them.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Saved:
    """What stands in the section now.

    `base` is the number of the version that holds exactly what was sent: `version` itself, or where
    the change of `others` was merged in, the text kept aside. A page goes on typing on that.
    """

    version: int
    text: str
    base: int
    at: dt.datetime
    is_merged: bool = False
    others: str = ""
    restored: int | None = None


@dataclass(frozen=True)
class Conflict:
    """Somebody else changed the same words; the section stays as they left it.

    `mine` is the number under which what was sent is kept, `both` a text that holds the words of
    either side where they touch.
    """

    version: int
    theirs: str
    by: str
    at: dt.datetime
    mine: int
    both: str


def begin_draft(*, unit: OrgUnit, selection: Selection, by: User) -> Draft:
    """Begin the report of `unit` on the selection's period with the delivered text, section by section.

    Raises PermissionDenied, or Refused where it has been begun.
    """
    require(by, unit, Permission.WRITE_REPORT)
    try:
        with transaction.atomic():
            return _begin(unit, selection.plain, by)
    except IntegrityError as error:
        raise Refused(_("Bản thảo báo cáo này đã được lập. Hãy tải lại trang để mở bản thảo đó.")) from error


def _begin(unit: OrgUnit, selection: Selection, by: User) -> Draft:
    now = timezone.now()
    draft = Draft.objects.create(
        unit=unit, period=selection.period, basis=selection.basis, created_by=by, created_at=now
    )
    source = read_source(unit, selection, timezone.localdate())
    sections = DraftSection.objects.bulk_create(
        DraftSection(
            draft=draft,
            key=one.key,
            heading=one.heading,
            position=position,
            text=one.text,
            updated_by=by,
            updated_at=now,
        )
        for position, one in enumerate(default_sections(source), start=1)
    )
    SectionVersion.objects.bulk_create(
        SectionVersion(section=one, number=one.version, text=one.text, written_by=by, written_at=now)
        for one in sections
    )
    record("draft.begin", draft, by)
    return draft


@transaction.atomic
def save_section(*, section: DraftSection, text: str, version: int, by: User) -> Saved | Conflict:
    """Save `text`, typed over `version`; a text that stays as it was writes nothing.

    Raises PermissionDenied, or Refused for a text that cannot be kept.
    """
    held = _held(section)
    require_writing(by, held)
    text = cleaned(text)
    if is_current(version, held) or text == held.text:
        return _written(held, text, by)
    base = _version(held, version)
    if text == base.text:  # nothing was typed: the page only learns of the newer text
        return Saved(held.version, held.text, version, held.updated_at, True, _others(held, version, by))
    aside = _kept_aside(held, text, version, by)
    merged = merging.merge(base.text, text, held.text)
    if merged is None:
        both = merging.keep_both(base.text, text, held.text)
        return Conflict(held.version, held.text, str(held.updated_by), held.updated_at, aside, both)
    others = _others(held, version, by)
    saved = _written(held, merged, by)
    return Saved(saved.version, saved.text, aside, saved.at, True, others)


def is_current(version: int, section: DraftSection) -> bool:
    """Whether what was read is what stands there."""
    return version == section.version


def cleaned(text: str) -> str:
    """A typed text as it is kept: one kind of line break, composed letters. Raises Refused when too long."""
    plain = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(plain) > MOST_CHARACTERS:
        raise Refused(
            _("Phần này dài hơn %(most)s ký tự nên chưa lưu được. Hãy rút ngắn rồi lưu lại.")
            % {"most": MOST_CHARACTERS}
        )
    return unicodedata.normalize("NFC", plain)


@transaction.atomic
def restore_version(*, section: DraftSection, number: int, by: User) -> Saved:
    """Take the text of an older version again, as a new one. Raises PermissionDenied or Refused."""
    held = _held(section)
    require_writing(by, held)
    older = _version(held, number)
    if older.text == held.text:
        raise Refused(_("Phần này đang có đúng nội dung của phiên bản đó, không cần lấy lại."))
    record("draft.restore", held.draft, by, held, {"number": number})
    return _written(held, older.text, by, restored=number)


@transaction.atomic
def reset_to_default(*, section: DraftSection, by: User) -> Saved:
    """Take the delivered text again, made from today's figures. Raises PermissionDenied or Refused."""
    held = _held(section)
    require_writing(by, held)
    source = read_source(held.draft.unit, selection_of(held.draft), timezone.localdate())
    text = next((one.text for one in default_sections(source) if one.key == held.key), None)
    if text is None:
        raise Refused(_("Mẫu báo cáo hiện nay không có phần này. Hãy sửa nội dung bằng tay."))
    if text == held.text:
        raise Refused(_("Phần này đang có đúng nội dung mẫu, không cần lấy lại."))
    record("draft.reset", held.draft, by, held)
    return _written(held, text, by)


@transaction.atomic
def assign_authors(*, section: DraftSection, authors: Collection[User], by: User) -> None:
    """Say who writes a section beside those who write all. Raises PermissionDenied or Refused."""
    held = _held(section)
    require_naming(by, held.draft)
    known = set(possible_authors(held.draft).values_list("pk", flat=True))
    strangers = [str(one) for one in authors if one.pk not in known]
    if strangers:
        raise Refused(
            _("%(people)s không xem được số liệu của đơn vị này nên không viết được báo cáo. Hãy chọn lại.")
            % {"people": ", ".join(strangers)}
        )
    before = set(held.authors.values_list("pk", flat=True))
    if before != {one.pk for one in authors}:
        held.authors.set(authors)
        record("draft.authors", held.draft, by, held, {"authors": sorted(map(str, authors))})


# --- how it is done ----------------------------------------------------------------------


def _held(section: DraftSection) -> DraftSection:
    """The section as it is now, locked until the transaction ends; SQLite's IMMEDIATE already holds all."""
    DraftSection.objects.select_for_update().filter(pk=section.pk).values_list("pk").first()
    return DraftSection.objects.select_related("draft__unit", "draft__period", "updated_by").get(
        pk=section.pk
    )


def _version(section: DraftSection, number: int) -> SectionVersion:
    found = section.versions.filter(number=number).first()
    if found is None:
        raise Refused(_("Không có phiên bản này của phần. Hãy tải lại trang rồi làm lại."))
    return found


def _written(section: DraftSection, text: str, by: User, restored: int | None = None) -> Saved:
    """Give the section a text, under the next number; nothing where it has it."""
    if text == section.text:
        return Saved(section.version, text, section.version, section.updated_at)
    now = timezone.now()
    if restored is None and not _is_sitting(section, by, now):
        record("draft.write", section.draft, by, section)
    made = _add_version(section, text, by, now, restored=restored)
    section.text, section.version = text, made.number
    section.updated_by, section.updated_at = by, now
    section.save(update_fields=["text", "version", "updated_by", "updated_at"])
    return Saved(section.version, text, section.version, now, restored=restored)


def _is_sitting(section: DraftSection, by: User, now: dt.datetime) -> bool:
    """Whether the author goes on writing: the trail says once that somebody wrote, versions say what."""
    last = section.versions.filter(written_by=by, number__gt=1).order_by("-number").first()
    return last is not None and now - last.written_at < SITTING


def _kept_aside(section: DraftSection, text: str, base: int, by: User) -> int:
    """Keep what was sent over an older version; its number. Sent again it is kept once."""
    last = section.versions.filter(aside_of=base, written_by=by).order_by("-number").first()
    if last is not None and last.text == text:
        return last.number
    return _add_version(section, text, by, timezone.now(), aside_of=base).number


def _add_version(
    section: DraftSection,
    text: str,
    by: User,
    now: dt.datetime,
    *,
    restored: int | None = None,
    aside_of: int | None = None,
) -> SectionVersion:
    latest = section.versions.aggregate(latest=Max("number"))["latest"] or 0
    return SectionVersion.objects.create(
        section=section,
        number=latest + 1,
        text=text,
        restored=restored,
        aside_of=aside_of,
        written_by=by,
        written_at=now,
    )


def _others(section: DraftSection, since: int, by: User) -> str:
    """The names of those who saved after version `since`, in order, without `by`."""
    newer = section.versions.filter(number__gt=since, aside_of=None).exclude(written_by=by)
    return ", ".join(
        dict.fromkeys(str(one.written_by) for one in newer.select_related("written_by").order_by("number"))
    )
