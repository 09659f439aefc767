"""Saving tables of the explorer under a name, renaming and deleting them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from collection.refusals import Refused
from reporting.explorer import actions
from reporting.explorer.choices import Choices, NoUnit, read_choices
from reporting.explorer.shelf import NameForm, name_form
from reporting.models import SavedView
from reporting.selection import SelectionError
from reporting.views.explorer import explorer_page
from schools.models import User

CONFLICT, UNPROCESSABLE = 409, 422
MAX_VERSION_DIGITS = 9


def about_a_table(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A post about the table that `query` describes; the view gets its choices. 404 for what is not there."""

    @wraps(view)
    def answer(request: HttpRequest, **kwargs: int) -> HttpResponse:
        assert isinstance(request.user, User)
        try:
            choices = read_choices(request.user, QueryDict(request.POST.get("query", "")))
        except (SelectionError, NoUnit) as error:
            raise Http404(_("Không còn bảng này. Hãy mở lại trang Khám phá số liệu rồi chọn lại.")) from error
        return view(request, request.user, choices, **kwargs)

    return require_POST(login_required(answer))


@about_a_table
def save(request: HttpRequest, user: User, choices: Choices) -> HttpResponse:
    """Keep the table under a name."""
    form = name_form(request.POST)
    if not form.is_valid():
        return explorer_page(request, user, choices, form=form, status=UNPROCESSABLE)
    try:
        saved = actions.save_view(name=form.cleaned_data["name"], choices=choices, by=user)
    except Refused as refused:
        return explorer_page(request, user, choices, form=form, alert=str(refused), status=CONFLICT)
    messages.success(request, _("Đã lưu bảng “%(name)s”.") % {"name": saved.name})
    return _back(choices)


@about_a_table
def change(request: HttpRequest, user: User, choices: Choices, pk: int) -> HttpResponse:
    """Rename or delete a table that was saved, and go on with the one that is shown."""
    view = SavedView.objects.visible_to(user).filter(pk=pk).first()
    if view is None:
        raise Http404(_("Không có bảng này trong các bảng bạn đã lưu. Hãy mở trang Khám phá số liệu để xem."))
    form, version = NameForm(request.POST), _version(request)
    try:
        if request.POST.get("do") == "delete":
            actions.delete_view(view=view, version=version, by=user)
            messages.success(request, _("Đã xóa bảng “%(name)s” khỏi danh sách.") % {"name": view.name})
        elif form.is_valid():
            name = form.cleaned_data["name"]
            actions.rename_view(view=view, name=name, version=version, by=user)
            messages.success(request, _("Đã đổi tên bảng thành “%(name)s”.") % {"name": name})
        else:
            alert = " ".join(str(one) for one in form.errors["name"])
            return explorer_page(request, user, choices, alert=alert, status=UNPROCESSABLE)
    except Refused as refused:
        return explorer_page(request, user, choices, alert=str(refused), status=CONFLICT)
    return _back(choices)


def _version(request: HttpRequest) -> int:
    """The version that the page showed; one that never was, where it is no number."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MAX_VERSION_DIGITS else -1


def _back(choices: Choices) -> HttpResponse:
    return redirect(f"{reverse('reporting:explorer')}?{choices.query}")
