"""What the audit trail calls the actions on editions."""

from django.utils.translation import gettext_lazy as _

from schools.trail import Words

ACTIONS: Words = {
    "edition.request": _("Yêu cầu công bố báo cáo"),
    "edition.restart": _("Chạy lại việc công bố báo cáo"),
    "edition.publish": _("Công bố báo cáo"),
}
FACTS: Words = {"number": _("số"), "sha256": _("SHA-256")}
