"""The only code that writes units, users, registers and the audit trail.

Keyword arguments, one transaction, `by` the person who acts (None: the system itself), and the
audit event inside. Refusals are `schools.refusals.Refused` and change nothing.
"""

from .audit import EventFields, record_event, record_events
from .people import change_user, create_user, grant_membership, revoke_membership
from .registers import add_students, add_teachers
from .reorganisation import close_unit, merge_units, rename_unit, split_unit, transfer_unit, transfer_units
from .units import NewUnit, Profile, create_units, save_word, set_profiles

__all__ = [
    "EventFields",
    "NewUnit",
    "Profile",
    "add_students",
    "add_teachers",
    "change_user",
    "close_unit",
    "create_units",
    "create_user",
    "grant_membership",
    "merge_units",
    "record_event",
    "record_events",
    "rename_unit",
    "revoke_membership",
    "save_word",
    "set_profiles",
    "split_unit",
    "transfer_unit",
    "transfer_units",
]
