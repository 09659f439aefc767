"""What every page of a section starts with: find it within the user's scope, or 404; read how it reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from reporting.drafts.findings import as_json, findings_of
from reporting.drafts.preview import Sight, preview
from reporting.drafts.rights import Rights, rights_in
from reporting.models import Draft, DraftSection
from reporting.report.tokens import ReportError
from schools.models import User


@dataclass(frozen=True)
class Found:
    """A section with what its reader may do with it."""

    section: DraftSection
    rights: Rights

    @property
    def may_write(self) -> bool:
        return self.rights.may_write(self.section)

    def address(self, page: str) -> str:
        """The address of one of the section's pages, by its name in urls.py."""
        return reverse(f"reporting:{page}", args=[self.section.draft_id, self.section.key])


def find(user: User, pk: int, key: str) -> Found:
    """The section in the user's scope; Http404 for anything else."""
    # Asked of the draft itself: a number larger than any is no draft there, and an error as a foreign key.
    rows = DraftSection.objects.filter(draft__in=Draft.objects.visible_to(user).filter(pk=pk), key=key)
    section = rows.select_related("draft__unit__kind", "draft__period__indicator_set", "updated_by").first()
    if section is None:
        raise Http404(_("Không có phần báo cáo này trong phạm vi của bạn."))
    return Found(section, rights_in(user, section.draft))


def read_text(sight: Sight, section: DraftSection, text: str) -> dict[str, Any]:
    """The text as it will read, and the findings about it."""
    others = {one.key: one.text for one in section.draft.sections.all()}
    try:
        html: str = preview(sight, section, text)
    except ReportError as error:
        html = render_to_string("reporting/drafts/unreadable.html", {"message": str(error)})
    found = findings_of(sight, {**others, section.key: text}, only=section.key).get(section.key, [])
    return {"preview": html, "findings": [as_json(one) for one in found]}
