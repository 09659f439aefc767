"""The line that greets a new user on the page where their work begins, until they say it is read.

It is remembered in a cookie by account, for a year: it costs no statement and works without a script.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dxreport.guide.contents import TOPICS, roles_of
from schools.models import User
from schools.roles import Role

ONE_YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class Hint:
    """What a new user is told: a sentence, and the topic that it leads to."""

    sentence: str | Promise
    slug: str

    @property
    def title(self) -> str | Promise:
        return TOPICS[self.slug].title

    @property
    def url(self) -> str:
        return TOPICS[self.slug].url


# Role -> the page where its work begins, and what it is told there.
HINTS: dict[Role, tuple[str, Hint]] = {
    Role.CLERK: (
        "collection:submission_list",
        Hint(_("Phiếu của đơn vị bạn nằm ở trang này: chọn phiếu đang nhập để bắt đầu."), "entering"),
    ),
    Role.REVIEWER: (
        "collection:submission_list",
        Hint(_("Phiếu chờ bạn duyệt nằm ở trang này: chọn Duyệt để xem từng phiếu."), "reviewing"),
    ),
    Role.OFFICER: (
        "collection:submission_list",
        Hint(_("Mở kỳ báo cáo trước, rồi theo dõi các trường nộp phiếu ở trang Theo dõi phiếu."), "periods"),
    ),
    Role.LEADER: (
        "reporting:dashboard",
        Hint(_("Bấm vào một con số bất kỳ để biết vì sao ra số đó."), "overview"),
    ),
    Role.ADMINISTRATOR: (
        "reporting:dashboard",
        Hint(_("Tài khoản, đơn vị và danh mục sửa ở trang Quản trị hệ thống."), "administration"),
    ),
    Role.AUDITOR: (
        "reporting:dashboard",
        Hint(_("Ai đã làm gì, khi nào: xem ở trang Nhật ký."), "trail"),
    ),
}


def cookie_of(user: User) -> str:
    """The cookie that says that this account has read its hint."""
    return f"hint-read-{user.pk}"


def hint_for(request: HttpRequest) -> Hint | None:
    """The hint of the page being read, for the first of the reader's roles that begins there."""
    user = getattr(request, "user", None)
    match = request.resolver_match
    if match is None or not isinstance(user, User) or cookie_of(user) in request.COOKIES:
        return None
    for role in roles_of(user):
        page, hint = HINTS[role]
        if page == match.view_name:
            return hint
    return None


def remember(response: HttpResponse, user: User, *, is_secure: bool) -> None:
    """Have the browser keep that this account has read its hint."""
    response.set_cookie(
        cookie_of(user), "1", max_age=ONE_YEAR, httponly=True, samesite="Lax", secure=is_secure
    )
