"""Who reports: org units over time, users and memberships, registers, and the audit trail."""

from .audit import AuditEvent
from .people import Membership, User
from .registers import Student, Teacher
from .units import Ancestry, EducationLevel, OrgUnit, Placement, SchoolProfile, Succession, UnitKind

__all__ = [
    "Ancestry",
    "AuditEvent",
    "EducationLevel",
    "Membership",
    "OrgUnit",
    "Placement",
    "SchoolProfile",
    "Student",
    "Succession",
    "Teacher",
    "UnitKind",
    "User",
]
