"""Who may write, comment and name authors in a draft.

Whoever may write reports at the unit or above writes every section and names authors; an author
writes the sections named; all others who see the unit's figures read.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from reporting.models import Draft, DraftSection
from schools.access import permissions_at, refusal
from schools.hierarchy import ancestor_ids, standing_day
from schools.models import User
from schools.roles import PERMISSIONS, Permission


@dataclass(frozen=True)
class Rights:
    """What one person may do in one draft; `written` are the ids of the sections that name them as author."""

    permissions: Collection[Permission]
    written: frozenset[int]

    @property
    def writes_all(self) -> bool:
        return Permission.WRITE_REPORT in self.permissions

    @property
    def may_name_authors(self) -> bool:
        return self.writes_all

    @property
    def may_comment(self) -> bool:
        return self.writes_all or bool(self.written) or Permission.PUBLISH in self.permissions

    def may_write(self, section: DraftSection) -> bool:
        return self.writes_all or section.pk in self.written


def rights_in(user: User, draft: Draft) -> Rights:
    """The rights of `user`, whose scope is taken to hold the draft: two queries."""
    permissions = permissions_at(user, draft.unit)
    written = draft.sections.filter(authors=user).order_by().values_list("pk", flat=True)
    # An author who may no longer see the unit writes nothing in its report either.
    return Rights(permissions, frozenset(written if Permission.VIEW in permissions else ()))


def require_writing(user: User, section: DraftSection) -> None:
    """Raise PermissionDenied, with a sentence, unless `user` may write this section."""
    if not rights_in(user, section.draft).may_write(section):
        raise PermissionDenied(
            _(
                "Bạn đọc được nhưng không sửa được phần “%(section)s”."
                " Hãy đề nghị người soạn báo cáo của %(unit)s phân công bạn viết phần này."
            )
            % {"section": section.heading, "unit": section.draft.unit.name}
        )


def require_commenting(user: User, draft: Draft) -> None:
    """Raise PermissionDenied, with a sentence, unless `user` may comment on this draft."""
    if not rights_in(user, draft).may_comment:
        raise PermissionDenied(
            _(
                "Chỉ người soạn, người được phân công viết và người công bố báo cáo của %(unit)s góp ý được."
                " Hãy gửi ý kiến của bạn cho người soạn báo cáo."
            )
            % {"unit": draft.unit.name}
        )


def require_naming(user: User, draft: Draft) -> None:
    """Raise PermissionDenied, with a sentence, unless `user` may say who writes what."""
    if not rights_in(user, draft).may_name_authors:
        raise PermissionDenied(refusal(Permission.WRITE_REPORT, draft.unit.name))


def possible_authors(draft: Draft) -> QuerySet[User]:
    """Whoever sees the figures of the draft's unit: those who work there or above."""
    day = standing_day(draft.unit, timezone.localdate())
    above = ancestor_ids([draft.unit.pk], on=day).get(draft.unit.pk, [draft.unit.pk])
    roles = [role for role, held in PERMISSIONS.items() if Permission.VIEW in held]
    people = User.objects.filter(
        is_active=True,
        memberships__is_active=True,
        memberships__unit__in=above,
        memberships__role__in=roles,
    )
    return people.distinct().order_by("display_name", "username")
