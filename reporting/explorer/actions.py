"""What a person does with the tables that they keep: save, rename, delete.

A person's own shelf is nothing that the trail keeps: it changes no figure, and nobody else sees it.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from collection.refusals import Refused
from dxreport.lib.numbers import format_number
from reporting.explorer.choices import Choices
from reporting.models import SavedView
from reporting.models.saved_views import SavedViewQuerySet
from schools.models import User

VIEWS_AT_MOST = 50
QUERY_AT_MOST = 8_000  # characters: what every browser and server takes for an address


@transaction.atomic
def save_view(*, name: str, choices: Choices, by: User) -> SavedView:
    """Keep the table of `choices` under `name`. Raises Refused for a name or a table kept already."""
    own = _locked(by)
    query = choices.query
    if len(query) > QUERY_AT_MOST:
        raise Refused(
            _("Bảng này chọn quá nhiều chỉ số hoặc đơn vị nên không lưu được. Hãy chọn ít hơn rồi lưu lại.")
        )
    same = own.filter(query=query).first()
    if same is not None:
        raise Refused(
            _("Bảng này đã được lưu với tên “%(name)s”. Hãy đổi tên ở danh sách bảng đã lưu.")
            % {"name": same.name}
        )
    if own.count() >= VIEWS_AT_MOST:
        raise Refused(
            _("Bạn đã lưu %(count)s bảng, là mức tối đa. Hãy xóa một bảng không dùng nữa rồi lưu lại.")
            % {"count": format_number(VIEWS_AT_MOST)}
        )
    _check_name(own, name)
    return SavedView.objects.create(owner=by, name=name, query=query, saved_at=timezone.now())


@transaction.atomic
def rename_view(*, view: SavedView, name: str, version: int, by: User) -> None:
    """Call a saved table otherwise. `version` is the one that was read; Refused where it has changed."""
    own = _locked(by)
    _check_version(own, view, version)
    _check_name(own.exclude(pk=view.pk), name)
    own.filter(pk=view.pk).update(name=name, version=version + 1)


@transaction.atomic
def delete_view(*, view: SavedView, version: int, by: User) -> None:
    """Forget a saved table. Refused where it has changed since it was read."""
    own = _locked(by)
    _check_version(own, view, version)
    own.filter(pk=view.pk).delete()


def _locked(by: User) -> SavedViewQuerySet:
    """The person's own tables; whoever changes them at the same time waits."""
    User.objects.select_for_update().get(pk=by.pk)
    return SavedView.objects.visible_to(by)


def _check_version(own: SavedViewQuerySet, view: SavedView, version: int) -> None:
    if not own.filter(pk=view.pk, version=version).exists():
        raise Refused(
            _("Bảng đã lưu này vừa được đổi hoặc xóa ở một cửa sổ khác. Hãy xem lại danh sách rồi làm lại.")
        )


def _check_name(others: SavedViewQuerySet, name: str) -> None:
    if others.filter(name=name).exists():
        raise Refused(_("Đã có một bảng tên “%(name)s”. Hãy đặt tên khác.") % {"name": name})
