"""What the audit trail calls the actions on drafts."""

from django.utils.translation import gettext_lazy as _

from schools.trail import Words

ACTIONS: Words = {
    "draft.begin": _("Lập bản thảo báo cáo"),
    "draft.write": _("Sửa bản thảo báo cáo"),
    "draft.restore": _("Lấy lại phiên bản cũ của bản thảo"),
    "draft.reset": _("Lấy lại nội dung mẫu của bản thảo"),
    "draft.authors": _("Phân công viết bản thảo"),
    "draft.comment": _("Góp ý bản thảo"),
    "draft.answer": _("Trả lời góp ý bản thảo"),
    "draft.settle": _("Đánh dấu góp ý đã xong"),
}
FACTS: Words = {
    "section": _("phần"),
    "authors": _("người viết"),
}
