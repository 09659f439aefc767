"""The pages of the guide."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dxreport.guide.contents import TOPICS, groups_for, roles_of
from dxreport.guide.hints import remember
from dxreport.guide.reading import body_of, sections_of
from dxreport.guide.search import LONGEST, search
from schools.models import User


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All topics, the reader's own first; with `q`, the sections that have its words."""
    question = request.GET.get("q", "")[:LONGEST].strip()
    groups = groups_for(roles_of(request.user))
    context = {
        "question": question,
        "found": search(question),
        "groups": groups,
        "contents": [(group, [(topic, sections_of(topic)) for topic in group.topics]) for group in groups],
    }
    return render(request, "guide/index.html", context)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic."""
    found = TOPICS.get(slug)
    if found is None:
        raise Http404(_("Không có trang hướng dẫn này. Hãy tìm trong mục lục của trang Trợ giúp."))
    context = {
        "topic": found,
        "body": body_of(found),
        "sections": sections_of(found),
        "groups": groups_for(roles_of(request.user)),
    }
    return render(request, "guide/topic.html", context)


@require_POST
@login_required
def dismiss_hint(request: HttpRequest) -> HttpResponse:
    """The reader has read the hint: back to the page where it stood, which shows it no more."""
    assert isinstance(request.user, User)
    back = request.POST.get("next", "")
    response = redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/")
    remember(response, request.user, is_secure=request.is_secure())
    return response
