"""The menu: which pages stand in it, for whom, and which of them is being read.

Building it costs no SQL beyond the memberships, which every page reads once anyway; the number of
unread notices beside it is one statement, for those who enter figures only.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from collection.notices import COUNTED_AT_MOST, unread_count
from schools.models import User
from schools.roles import Permission


@dataclass(frozen=True)
class MenuEntry:
    """One entry: where it leads, who sees it, and the views under which it is the current one.

    Who holds `unless` reaches the page from another entry and needs none of its own.
    """

    label: str | Promise
    view: str
    permission: Permission
    also: tuple[str, ...] = ()
    unless: Permission | None = None

    def holds(self, view: str) -> bool:
        """Whether the page of `view` belongs under this entry."""
        return view == self.view or view in self.also


@dataclass(frozen=True)
class MenuGroup:
    """Entries of one kind of work behind one word; whoever sees only one of them finds it by itself."""

    label: str | Promise
    entries: tuple[MenuEntry, ...]


@dataclass(frozen=True)
class MenuItem:
    """An entry as the template shows it: a link, or (then without `url`) a group of `links`."""

    label: str
    is_current: bool
    url: str = ""
    links: tuple["MenuItem", ...] = ()


# At most seven words side by side: that is what fits the bar from 960 px on, in both languages.
MENU: tuple[MenuEntry | MenuGroup, ...] = (
    MenuEntry(
        _("Tổng quan"),
        "reporting:dashboard",
        Permission.VIEW,
        (
            "reporting:unit",
            "reporting:charts",
            "reporting:unit_figures",
            "reporting:unit_beside",
            "reporting:behind",
            "reporting:absent",
            "reporting:figure",
        ),
    ),
    MenuEntry(
        _("Việc của tôi"),
        "collection:submission_list",
        Permission.ENTER,
        (
            "collection:submission",
            "collection:check",
            "collection:receipt",
            "collection:grid",
            "collection:review",
            "collection:reopen",
            "collection:extension",
            "collection:history",
            "collection:cell_history",
            "collection:period_list",
        ),
    ),
    MenuGroup(
        _("Thu thập"),
        (
            MenuEntry(
                _("Theo dõi phiếu"),
                "collection:matrix",
                Permission.REVIEW,
                ("collection:approve_many", "collection:extend_many", "collection:completeness"),
            ),
            MenuEntry(
                _("Tình hình nộp"), "collection:completeness", Permission.EXPORT, unless=Permission.REVIEW
            ),
            MenuEntry(_("Số bất thường"), "collection:anomalies", Permission.ENTER, ("collection:anomaly",)),
            MenuEntry(
                _("Tệp Excel"),
                "collection:uploads",
                Permission.ENTER,
                ("collection:upload", "collection:batch"),
            ),
        ),
    ),
    MenuGroup(
        _("Số liệu"),
        (
            MenuEntry(_("Khám phá số liệu"), "reporting:explorer", Permission.VIEW),
            MenuEntry(
                _("Danh mục chỉ số"),
                "indicators:indicator_list",
                Permission.VIEW,
                ("indicators:indicator", "indicators:element_list", "indicators:element"),
            ),
        ),
    ),
    MenuGroup(
        _("Báo cáo"),
        (
            MenuEntry(
                _("Báo cáo"),
                "reporting:report",
                Permission.VIEW,
                (
                    "reporting:draft",
                    "reporting:draft_section",
                    "reporting:draft_versions",
                    "reporting:publish",
                ),
            ),
            MenuEntry(_("Phụ lục"), "reporting:appendix", Permission.VIEW),
            MenuEntry(
                _("Bản công bố"),
                "reporting:editions",
                Permission.VIEW,
                ("reporting:edition", "reporting:edition_today", "reporting:edition_compare"),
            ),
            MenuEntry(_("Soát văn bản"), "reporting:lint", Permission.EXPORT),
        ),
    ),
    MenuGroup(
        _("Danh sách"),
        (
            MenuEntry(pgettext_lazy("menu", "Đơn vị"), "schools:unit_list", Permission.VIEW),
            MenuEntry(_("Nhà giáo"), "schools:teacher_list", Permission.VIEW_REGISTERS),
            MenuEntry(_("Người học"), "schools:student_list", Permission.VIEW_REGISTERS),
        ),
    ),
    MenuEntry(_("Nhật ký"), "schools:audit_list", Permission.VIEW_HISTORY),
)


def menu(request: HttpRequest) -> list[MenuItem]:
    """What the signed-in user may open, in order; nothing before signing in."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.is_authenticated:
        return []
    match = request.resolver_match
    view = match.view_name if match else ""
    items: list[MenuItem] = []
    for part in MENU:
        if isinstance(part, MenuEntry):
            items += _links((part,), user, view)
            continue
        links = _links(part.entries, user, view)
        if len(links) > 1:
            is_current = any(link.is_current for link in links)
            links = (MenuItem(label=str(part.label), is_current=is_current, links=links),)
        items += links
    return items


def _links(entries: tuple[MenuEntry, ...], user: User, view: str) -> tuple[MenuItem, ...]:
    """Those of `entries` that `user` may open, the one of `view` marked."""
    return tuple(
        MenuItem(label=str(entry.label), is_current=entry.holds(view), url=reverse(entry.view))
        for entry in entries
        if user.may_somewhere(entry.permission) and not (entry.unless and user.may_somewhere(entry.unless))
    )


def unread_notices(request: HttpRequest) -> str:
    """How many notices the signed-in user has not read, for the bell beside the menu; "" for none."""
    user = getattr(request, "user", None)
    count = unread_count(user) if isinstance(user, User) and user.is_authenticated else 0
    return f"{COUNTED_AT_MOST}+" if count > COUNTED_AT_MOST else str(count or "")


def context(request: HttpRequest) -> dict[str, object]:
    """Template context processor: what the frame shows, made only if the page has a frame.

    `may_enter`: whether the user types figures somewhere.
    """
    user = getattr(request, "user", None)
    return {
        "may_enter": lambda: isinstance(user, User) and user.may_somewhere(Permission.ENTER),
        "navigation": SimpleLazyObject(lambda: menu(request)),
        "unread_notices": lambda: unread_notices(request),
    }
