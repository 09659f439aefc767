"""What the audit trail calls the actions of reporting."""

from django.utils.translation import gettext_lazy as _

from schools.trail import Words

ACTIONS: Words = {
    "template.replace": _("Thay mẫu văn bản"),
    "template.retire": _("Thôi dùng mẫu văn bản"),
}
FACTS: Words = {"sha256": _("SHA-256")}
