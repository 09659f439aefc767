"""Remarks on a draft, their answers, and saying that they are settled: the actions."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from collection.refusals import Refused
from reporting.drafts.rights import require_commenting
from reporting.models import DraftSection, SectionComment
from schools.models import User

from .audit import record

MOST_CHARACTERS = 2000
MOST_QUOTED = 300  # of the words that a remark is about


@transaction.atomic
def add_comment(*, section: DraftSection, text: str, by: User, quote: str = "") -> SectionComment:
    """A remark on the words `quote` of a section. Raises PermissionDenied or Refused."""
    require_commenting(by, section.draft)
    return _comment(section, text, by, quote=_cut(quote))


@transaction.atomic
def answer_comment(*, comment: SectionComment, text: str, by: User) -> SectionComment:
    """An answer to a remark, which is open again with it. Raises PermissionDenied or Refused."""
    require_commenting(by, comment.section.draft)
    if comment.answers_id is not None:
        raise Refused(_("Chỉ trả lời được ý kiến đầu tiên. Hãy tải lại trang rồi trả lời ở đó."))
    if comment.settled_at is not None:
        comment.settled_by = comment.settled_at = None
        comment.save(update_fields=["settled_by", "settled_at"])
    return _comment(comment.section, text, by, answers=comment)


@transaction.atomic
def settle_comment(*, comment: SectionComment, by: User) -> None:
    """Say that nothing more is to be done about a remark; doing it again changes nothing."""
    require_commenting(by, comment.section.draft)
    if comment.settled_at is None:
        comment.settled_by, comment.settled_at = by, timezone.now()
        comment.save(update_fields=["settled_by", "settled_at"])
        record("draft.settle", comment.section.draft, by, comment.section)


def _comment(
    section: DraftSection, text: str, by: User, *, quote: str = "", answers: SectionComment | None = None
) -> SectionComment:
    words = text.replace("\x00", "").strip()
    if not words:
        raise Refused(_("Ý kiến còn trống. Hãy viết ý kiến rồi gửi lại."))
    if len(words) > MOST_CHARACTERS:
        raise Refused(
            _("Ý kiến dài hơn %(most)s ký tự. Hãy viết ngắn hơn rồi gửi lại.") % {"most": MOST_CHARACTERS}
        )
    action = "draft.answer" if answers else "draft.comment"
    record(action, section.draft, by, section)
    return SectionComment.objects.create(
        section=section, answers=answers, quote=quote, text=words, written_by=by, written_at=timezone.now()
    )


def _cut(quote: str) -> str:
    words = " ".join(quote.replace("\x00", "").split())
    return words if len(words) <= MOST_QUOTED else f"{words[: MOST_QUOTED - 1]}…"
