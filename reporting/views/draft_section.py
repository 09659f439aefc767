"""Writing one section of a draft: the editor's page. Without its script it is a form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from collection.refusals import Refused
from collection.views.common import CONFLICT, UNPROCESSABLE, SignedInRequest, signed_in, version_seen
from reporting.drafts import actions
from reporting.drafts.actions import Conflict, Saved
from reporting.drafts.differences import differences
from reporting.drafts.preview import read_sight
from reporting.drafts.remarks import threads_of
from reporting.drafts.rights import possible_authors
from reporting.drafts.sittings import sittings_of
from reporting.drafts.texts import texts
from reporting.models import DraftSection
from reporting.views.draft_common import Found, find, read_text
from reporting.views.drafts import draft_url
from schools.models import User

SITTINGS_SHOWN = 5


@sensitive_variables()
@signed_in
def section(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """The editor. Without its script it is a form: to save, or to see how the text will read."""
    found = find(request.user, pk, key)
    if request.method != "POST":
        return _page(request, found, found.section.text)
    text = request.POST.get("text", "")
    if request.POST.get("do") == "preview":
        return _page(request, found, text, version=version_seen(request))
    try:
        outcome = actions.save_section(
            section=found.section, text=text, version=version_seen(request), by=request.user
        )
    except Refused as refused:
        return _page(request, found, text, alert=str(refused), status=UNPROCESSABLE)
    if isinstance(outcome, Conflict):
        found = find(request.user, pk, key)
        return _page(request, found, outcome.both, conflict=outcome, mine=text, status=CONFLICT)
    messages.success(request, _merged_words(outcome) or _("Đã lưu."))
    return redirect(found.address("draft_section"))


def _merged_words(saved: Saved) -> str:
    if not saved.is_merged:
        return ""
    return _("%(who)s vừa sửa phần này. Hai bản không sửa cùng chỗ nên đã được ghép.") % {"who": saved.others}


def _page(
    request: SignedInRequest,
    found: Found,
    text: str,
    *,
    status: int = 200,
    version: int | None = None,
    conflict: Conflict | None = None,
    mine: str = "",
    alert: str = "",
) -> HttpResponse:
    section, rights = found.section, found.rights
    sight = read_sight(section.draft)
    previous, following = _beside(section)
    context = {
        "section": section,
        "previous": previous,
        "following": following,
        "rights": rights,
        "may_write": found.may_write,
        "text": text,
        "version": section.version if version is None else version,
        "alert": alert,
        "conflict": conflict,
        "lines": differences(conflict.theirs, mine) if conflict else [],
        "threads": threads_of(section),
        "sittings": sittings_of(section)[:SITTINGS_SHOWN],
        "people": _people(section) if rights.may_name_authors else [],
        "authors": list(section.authors.order_by("display_name", "username")),
        "draft_url": draft_url(section.draft),
        "settings": _settings(request, found),
        "texts": texts(),
        **read_text(sight, section, text),
    }
    return render(request, "reporting/drafts/section.html", context, status=status)


def _beside(section: DraftSection) -> tuple[DraftSection | None, DraftSection | None]:
    """The sections before and after this one."""
    known = list(section.draft.sections.order_by("position"))
    place = next(place for place, one in enumerate(known) if one.pk == section.pk)
    following = known[place + 1] if place + 1 < len(known) else None
    return (known[place - 1] if place else None), following


def _people(section: DraftSection) -> list[tuple[User, bool]]:
    """Whoever may be named author, and whether they are."""
    named = set(section.authors.values_list("pk", flat=True))
    return [(one, one.pk in named) for one in possible_authors(section.draft)]


def _settings(request: SignedInRequest, found: Found) -> dict[str, Any]:
    section = found.section
    return {
        "user": request.user.pk,
        "unit": section.draft.unit.code,
        "period": section.draft.period.code,
        "form": f"draft-{section.draft_id}",
        "key": section.key,
        "version": section.version,
        "mayWrite": found.may_write,
        "save": found.address("draft_save"),
        "preview": found.address("draft_preview"),
        "insertions": found.address("draft_insertions"),
        "page": found.address("draft_section"),
        "signIn": f"{reverse('account_login')}?next={found.address('draft_section')}",
    }
