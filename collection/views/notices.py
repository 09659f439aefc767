"""What the reader has been told: reminders and returned phiếu."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from collection import actions
from collection.models import Notice
from collection.tables import NoticeTable
from collection.views.common import SignedInRequest, signed_in
from collection.views.picks import numbers_in

ROWS_A_PAGE = 50


@signed_in
def notices(request: SignedInRequest) -> HttpResponse:
    """The reader's own notices, the newest first; ticked ones, or all, are marked as read."""
    own = Notice.objects.visible_to(request.user)
    if request.method == "POST":
        chosen = own.unread()
        if request.POST.get("do") != "all":
            chosen = chosen.filter(pk__in=numbers_in(request.POST.getlist("notice")))
        count = actions.mark_notices_read(notices=chosen, by=request.user)
        messages.success(request, _("Đã đánh dấu đã đọc: %(count)s thông báo.") % {"count": count})
        return redirect("collection:notices")
    table = NoticeTable(own.for_list())
    RequestConfig(request, paginate={"per_page": ROWS_A_PAGE}).configure(table)
    rows = [row.record for row in table.paginated_rows]
    context = {"table": table, "unread": sum(notice.read_at is None for notice in rows)}
    return render(request, "collection/notices.html", context)
