"""What a reviewer does with many submissions of the matrix: remind, approve, extend."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from collection import actions, authority
from collection.forms import ExtensionForm
from collection.matrix import Fact
from collection.matrix_reading import MatrixReading
from collection.models import Submission
from collection.refusals import Refused
from collection.sorting_out import SortedOut, sort_out
from collection.views.common import UNPROCESSABLE, SignedInRequest, signed_in
from collection.views.picks import number_in
from dxreport.lib.numbers import format_number
from dxreport.lib.template_filters import short_date
from schools.access import require_somewhere
from schools.roles import Permission

NAMED_AT_MOST = 3


@dataclass(frozen=True)
class Picked:
    """The submissions that a reviewer chose, the versions they saw, and where they chose them."""

    submissions: list[Submission]
    versions: dict[int, int]
    back: str

    @property
    def picks(self) -> list[str]:
        """The choice as the boxes of a page hold it."""
        return [f"{row.pk}:{self.versions[row.pk]}" for row in self.submissions]


def picked(
    view: Callable[[SignedInRequest, Picked], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A view that is posted ticked submissions, or all of a kind that the matrix shows.

    404 for what lies outside the reader's scope; back to the matrix when nothing was chosen.
    """

    @wraps(view)
    def answer(request: SignedInRequest) -> HttpResponse:
        require_somewhere(request.user, Permission.REVIEW)
        query = QueryDict(request.POST.get("query", ""))
        back = f"{reverse('collection:matrix')}?{query.urlencode()}".rstrip("?")
        kind = request.POST.get("all", "")
        versions = _all_in_view(request, query, kind) if kind else _ticked(request)
        found = _found(request, versions)
        if not found:
            messages.warning(request, _("Chưa có phiếu nào được chọn. Hãy đánh dấu ít nhất một phiếu."))
            return redirect(back)
        return view(request, Picked(found, versions, back))

    return require_POST(signed_in(answer))


def _found(request: SignedInRequest, ids: Collection[int]) -> list[Submission]:
    """The submissions of `ids`, by unit; 404 where one is outside the reader's scope."""
    rows = Submission.objects.visible_to(request.user).with_context().filter(pk__in=list(ids))
    found = list(authority.with_extension(rows).order_by("org_unit__code", "form__position"))
    if len(found) != len(ids):
        raise Http404(_("Có phiếu không nằm trong phạm vi của bạn. Hãy tải lại trang rồi chọn lại."))
    return found


def _ticked(request: SignedInRequest) -> dict[int, int]:
    """Submission id -> version seen, of the boxes that were ticked."""
    versions = {}
    for pick in request.POST.getlist("pick"):
        pk, _colon, version = pick.partition(":")
        number, seen = number_in(pk), number_in(version)
        if number is None or seen is None:
            raise Http404(_("Không có phiếu này trong phạm vi của bạn. Hãy tìm trong danh sách phiếu."))
        versions[number] = seen
    return versions


def _all_in_view(request: SignedInRequest, query: QueryDict, kind: str) -> dict[int, int]:
    """The same for all of a kind in the view that `query` describes."""
    reading = MatrixReading(request.user, query, timezone.localdate())
    kinds: dict[str, Callable[[Fact], bool]] = {
        "overdue": lambda fact: fact.may_review and fact.is_overdue(reading.today),
        "clean": lambda fact: fact.is_clean,
    }
    # A filter that cannot be read would be left out, and more chosen than anybody saw.
    if kind not in kinds or not reading.filter.form.is_valid():
        raise Http404(_("Không có danh sách này. Hãy tải lại trang rồi chọn lại."))
    return {fact.submission.pk: fact.submission.version for fact in reading.facts if kinds[kind](fact)}


@picked
def remind(request: SignedInRequest, chosen: Picked) -> HttpResponse:
    """Remind those who enter for the chosen units: one click, one digest for each person."""
    home = request.build_absolute_uri("/")
    done = actions.remind(submissions=chosen.submissions, by=request.user, home=home)
    if done.reminded:
        messages.success(
            request,
            _("Đã nhắc %(people)s người về %(count)s phiếu.")
            % {"people": format_number(done.people), "count": format_number(done.reminded)},
        )
    left_out = [
        (done.recent, _("%(count)s phiếu đã được nhắc trong 24 giờ qua")),
        (done.handed_in, _("%(count)s phiếu đã nộp")),
        (done.locked, _("%(count)s phiếu thuộc kỳ đã khóa")),
        (done.nobody, _("%(count)s phiếu của đơn vị chưa có người nhập liệu")),
    ]
    parts = [sentence % {"count": format_number(count)} for count, sentence in left_out if count]
    if parts:
        messages.info(request, _("Không nhắc: %(parts)s.") % {"parts": "; ".join(parts)})
    return redirect(chosen.back)


@picked
def approve_many(request: SignedInRequest, chosen: Picked) -> HttpResponse:
    """First show what would be approved and what would not, and why; then do it."""
    units = [row.org_unit for row in chosen.submissions]
    if request.POST.get("confirmed") != "yes":
        authority.require_at(request.user, units, Permission.REVIEW)
        sorted_out = sort_out(chosen.submissions, by=request.user, versions=chosen.versions)
        ready = Picked(sorted_out.ready, chosen.versions, chosen.back)
        context = {
            "sorted_out": sorted_out,
            "picks": ready.picks,
            "back": chosen.back,
            "query": _query(request),
        }
        return render(request, "collection/approve_many.html", context)
    done = actions.approve_unflagged(
        submissions=chosen.submissions, by=request.user, versions=chosen.versions
    )
    _say_approved(request, done)
    return redirect(chosen.back)


def _say_approved(request: SignedInRequest, done: SortedOut) -> None:
    count = len(done.ready)
    if count:
        sentence = ngettext(
            "Đã duyệt %(count)s phiếu. Số liệu đã vào số chính thức.",
            "Đã duyệt %(count)s phiếu. Số liệu đã vào số chính thức.",
            count,
        )
        messages.success(request, sentence % {"count": format_number(count)})
    for left in done.left_out[:NAMED_AT_MOST]:
        messages.warning(
            request, _("%(unit)s: %(why)s") % {"unit": left.submission.org_unit.name, "why": left.why}
        )
    more = len(done.left_out) - NAMED_AT_MOST
    if more > 0:
        messages.warning(
            request, _("Và %(count)s phiếu khác chưa được duyệt.") % {"count": format_number(more)}
        )


@picked
def extend_many(request: SignedInRequest, chosen: Picked) -> HttpResponse:
    """Give the chosen submissions one later due date, for one reason."""
    units = [row.org_unit for row in chosen.submissions]
    authority.require_at(request.user, units, Permission.MANAGE_PERIODS)
    awaited = [row for row in chosen.submissions if row.deadline.is_awaited]
    asked = ExtensionForm(request.POST if "due_on" in request.POST else None)
    if awaited and asked.is_valid():
        try:
            actions.grant_extensions(submissions=awaited, by=request.user, **asked.cleaned_data)
        except Refused as refused:
            asked.add_error(None, str(refused))
        else:
            messages.success(
                request,
                _("Đã gia hạn %(count)s phiếu đến ngày %(day)s.")
                % {"count": format_number(len(awaited)), "day": short_date(asked.cleaned_data["due_on"])},
            )
            return redirect(chosen.back)
    context = {
        "form": asked,
        "awaited": awaited,
        "handed_in": len(chosen.submissions) - len(awaited),
        "picks": Picked(awaited, chosen.versions, chosen.back).picks,
        "back": chosen.back,
        "query": _query(request),
    }
    status = UNPROCESSABLE if asked.errors else 200
    return render(request, "collection/extend_many.html", context, status=status)


def _query(request: SignedInRequest) -> str:
    return QueryDict(request.POST.get("query", "")).urlencode()
