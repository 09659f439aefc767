"""Administration of units, people and the audit trail.

What is written goes through the actions, so it is checked and recorded as everywhere else. Doors
open by role and end at the subtree, except for the superuser who sets an installation up.
"""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from . import people, records, units

__all__ = ["people", "records", "units"]

# One door: the sign-in page with its limit of attempts and its second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
