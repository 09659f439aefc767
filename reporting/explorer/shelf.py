"""The tables that a person keeps, as the page of the explorer shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.explorer.actions import VIEWS_AT_MOST
from reporting.explorer.choices import Choices
from reporting.models import SavedView
from schools.models import User


class NameForm(forms.Form):
    """What a table is to be called. Spaces around and between words do not count."""

    name = forms.CharField(label=_("Tên của bảng"), max_length=80)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


@dataclass(frozen=True)
class Shelf:
    """A person's saved tables, the one that is shown among them if it is, and the form that saves it.

    `alert` says why the last thing that was asked for was refused.
    """

    views: list[SavedView]
    shown: SavedView | None
    form: NameForm
    alert: str = ""

    @property
    def is_full(self) -> bool:
        """Whether no more can be saved."""
        return len(self.views) >= VIEWS_AT_MOST

    @property
    def is_open(self) -> bool:
        """Whether it has something to say that must not be folded away."""
        return bool(self.alert or self.form.errors)


def read_shelf(user: User, choices: Choices, form: NameForm | None = None, alert: str = "") -> Shelf:
    """What the person keeps. One query."""
    views = list(SavedView.objects.visible_to(user))
    shown = next((one for one in views if one.query == choices.query), None)
    return Shelf(views, shown, form or NameForm(**_identified()), alert)


def name_form(data: Any) -> NameForm:
    """The form with what was sent."""
    return NameForm(data, **_identified())


def _identified() -> dict[str, Any]:
    """Ids of its own: the page has other fields."""
    return {"auto_id": "saved-%s"}
