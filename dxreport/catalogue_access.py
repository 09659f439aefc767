"""Who may administer the catalogue: our roles in the words of Django's administration.

The catalogue is one for all units, so the role must be held at the top of the hierarchy. Django
asks for each kind of row separately; the answer is worked out once for a request's user.
"""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.utils import timezone

from schools.hierarchy import ancestor_ids
from schools.models import User
from schools.roles import Permission

CATALOGUE = "indicators"


class CatalogueBackend(BaseBackend):
    """Gives every permission over the catalogue to whoever may manage it; signs nobody in."""

    def has_perm(self, user_obj: Any, perm: str, obj: object = None) -> bool:
        return perm.startswith(f"{CATALOGUE}.") and _manages_catalogue(user_obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Whether the catalogue stands in the menu of the administration."""
        return app_label == CATALOGUE and _manages_catalogue(user_obj)


def _manages_catalogue(user: Any) -> bool:
    if not isinstance(user, User) or not user.is_active:
        return False
    known: bool | None = getattr(user, "_manages_catalogue", None)
    if known is None:
        chains = ancestor_ids(user.scope(Permission.MANAGE_CATALOGUE), on=timezone.localdate())
        known = any(len(chain) == 1 for chain in chains.values())
        user._manages_catalogue = known  # type: ignore[attr-defined]
    return known
