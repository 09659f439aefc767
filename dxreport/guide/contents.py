"""What the guide speaks of: its topics in reading order, each for the roles whose work it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schools.models import User
from schools.roles import Role


@dataclass(frozen=True)
class Topic:
    """One page of the guide. `roles`: whose work it is; none means everybody's."""

    slug: str
    title: str | Promise
    roles: tuple[Role, ...] = ()

    @property
    def template(self) -> str:
        return f"guide/topics/{self.slug}.html"

    @property
    def url(self) -> str:
        return reverse("guide:topic", args=[self.slug])

    def is_for(self, roles: Iterable[Role]) -> bool:
        """Whether it is the work of somebody with these roles, or everybody's."""
        return not self.roles or bool(set(self.roles) & set(roles))


@dataclass(frozen=True)
class Group:
    """The topics of one reader, in order. `role` None: everybody."""

    title: str | Promise
    role: Role | None
    topics: tuple[Topic, ...]


CLERKS = (Role.CLERK, Role.REVIEWER, Role.OFFICER)
REVIEWERS = (Role.REVIEWER, Role.OFFICER)
READERS = (Role.LEADER, Role.OFFICER, Role.REVIEWER, Role.AUDITOR, Role.ADMINISTRATOR)

GROUPS: tuple[Group, ...] = (
    Group(
        _("Dành cho mọi người"),
        None,
        (
            Topic("start", _("Bắt đầu: đăng nhập, menu và tài khoản")),
            Topic("words", _("Từ ngữ và ký hiệu")),
        ),
    ),
    Group(
        _("Người nhập liệu ở trường"),
        Role.CLERK,
        (
            Topic("entering", _("Nhập phiếu kỳ này"), CLERKS),
            Topic("workbooks", _("Nhập bằng Excel"), CLERKS),
            Topic("returned", _("Phiếu bị trả lại"), CLERKS),
            Topic("offline", _("Làm việc khi mất mạng"), CLERKS),
            Topic("keys", _("Phím tắt khi nhập phiếu"), CLERKS),
        ),
    ),
    Group(
        _("Người duyệt"),
        Role.REVIEWER,
        (
            Topic("reviewing", _("Duyệt hoặc trả lại một phiếu"), REVIEWERS),
            Topic("approving-many", _("Duyệt hàng loạt"), REVIEWERS),
            Topic("reminding", _("Nhắc trường chậm nộp"), REVIEWERS),
            Topic("many-schools", _("Nhập cho nhiều trường"), REVIEWERS),
            Topic("anomalies", _("Xem số bất thường"), REVIEWERS),
        ),
    ),
    Group(
        _("Chuyên viên Sở"),
        Role.OFFICER,
        (
            Topic("periods", _("Mở kỳ, khóa kỳ, gia hạn"), (Role.OFFICER,)),
            Topic("writing", _("Soạn báo cáo"), (Role.OFFICER, Role.REVIEWER, Role.LEADER)),
            Topic("documents", _("Xuất phụ lục và báo cáo"), (Role.OFFICER, Role.REVIEWER, Role.LEADER)),
            Topic("publishing", _("Công bố báo cáo"), (Role.OFFICER, Role.LEADER)),
        ),
    ),
    Group(
        _("Lãnh đạo"),
        Role.LEADER,
        (
            Topic("overview", _("Đọc trang Tổng quan trong năm phút"), READERS),
            Topic("why", _("Hỏi vì sao ra số này"), READERS),
            Topic("exploring", _("Biểu đồ và khám phá số liệu"), READERS),
        ),
    ),
    Group(
        _("Quản trị và kiểm tra"),
        Role.ADMINISTRATOR,
        (
            Topic("administration", _("Danh mục, đơn vị và tài khoản"), (Role.ADMINISTRATOR, Role.OFFICER)),
            Topic("trail", _("Đọc nhật ký"), (Role.AUDITOR, Role.ADMINISTRATOR)),
        ),
    ),
)
TOPICS: dict[str, Topic] = {topic.slug: topic for group in GROUPS for topic in group.topics}

# In whose group an auditor's own pages stand: there is none for two pages alone.
_BESIDE = {Role.AUDITOR: Role.ADMINISTRATOR}


def roles_of(user: object) -> tuple[Role, ...]:
    """The roles of the signed-in user, by unit; none of anybody else."""
    if not isinstance(user, User) or not user.is_authenticated:
        return ()
    roles = [Role(membership.role) for membership in user.active_memberships]
    if user.is_superuser:
        roles.append(Role.ADMINISTRATOR)
    return tuple(dict.fromkeys(roles))


def groups_for(roles: Iterable[Role]) -> list[Group]:
    """Every group, those of the reader's own roles first."""
    own = {_BESIDE.get(role, role) for role in roles}
    return sorted(GROUPS, key=lambda group: group.role not in own)


def first_topic(roles: Iterable[Role]) -> Topic:
    """Where somebody with these roles begins: the first page of their own group."""
    return groups_for(roles)[0].topics[0]
