"""Registers of staff and learners: the least that counting needs.

A flag is None where the school has not said. `name` is optional, is shown only inside the
school itself and never leaves through an export.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Case, F, Q, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from dxreport.lib.folding import fold
from schools.roles import Permission

from .units import EducationLevel, OrgUnit

if TYPE_CHECKING:
    from .people import User

Record = TypeVar("Record", bound=models.Model)


class RegisterQuerySet(models.QuerySet[Record]):
    """Scopes of the registers; every view starts from `visible_to`."""

    def visible_to(self, user: User) -> Self:
        """Records of the schools whose registers the user may read, without their names.

        `shown_name` is the name for who works in that very school, else empty. A search by name
        must go through it: otherwise it would tell who studies where.
        """
        units = OrgUnit.objects.visible_to(user, permission=Permission.VIEW_REGISTERS)
        own = When(unit__in=sorted(user.scope(Permission.VIEW_REGISTERS)), then=F("name"))
        shown = Case(own, default=Value(""), output_field=models.CharField())
        return self.filter(unit__in=units.order_by().values("pk")).defer("name").annotate(shown_name=shown)

    def matching(self, text: str, *, own: Collection[int]) -> Self:
        """Records (of `visible_to`) whose code holds `text`, or whose shown name its words.

        Names are folded here and not in a column: only those of `own` schools (ids) are looked at.
        """
        words = fold(text).split(" ")
        names = self.filter(unit__in=own).exclude(shown_name="").order_by().values_list("pk", "shown_name")
        found = [pk for pk, name in names if all(word in fold(name) for word in words)]
        return self.filter(Q(code__icontains=text.strip()) | Q(pk__in=found))


class Teacher(models.Model):
    """One staff record, keyed by its ministry code."""

    class Position(TextChoices):
        TEACHER = "teacher", _("giáo viên")
        MANAGER = "manager", _("cán bộ quản lý")
        STAFF = "staff", _("nhân viên")

    code = models.CharField("mã định danh", max_length=20, unique=True)
    unit = models.ForeignKey(
        OrgUnit, models.PROTECT, related_name="teachers", verbose_name="đơn vị", db_index=False
    )
    name = models.CharField("họ tên", max_length=150, blank=True)
    position = models.CharField("vị trí", max_length=8, choices=Position)
    level = models.ForeignKey(
        EducationLevel, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cấp học"
    )
    has_computer = models.BooleanField("có máy tính", null=True, blank=True)
    has_internet = models.BooleanField("có Internet", null=True, blank=True)
    has_digital_record = models.BooleanField("có hồ sơ số, mã định danh thống nhất", null=True, blank=True)
    uses_platform = models.BooleanField("dùng nền tảng dạy học trực tuyến", null=True, blank=True)
    trained_blended = models.BooleanField("tập huấn dạy học kết hợp", null=True, blank=True)
    trained_elearning = models.BooleanField("tập huấn bài giảng e-learning", null=True, blank=True)
    trained_management = models.BooleanField("tập huấn phần mềm quản trị", null=True, blank=True)
    trained_security = models.BooleanField("tập huấn an toàn thông tin", null=True, blank=True)

    objects = RegisterQuerySet["Teacher"].as_manager()

    class Meta:
        verbose_name = "giáo viên, nhân viên"
        verbose_name_plural = "giáo viên, nhân viên"
        ordering = ["unit_id", "code"]  # as the index: pages of 187,000 learners need no sorting
        indexes = [models.Index(fields=["unit", "code"], name="teacher_unit_code")]

    def __str__(self) -> str:
        return self.code


class Student(models.Model):
    """One learner record, keyed by its ministry code."""

    code = models.CharField("mã định danh", max_length=20, unique=True)
    unit = models.ForeignKey(
        OrgUnit, models.PROTECT, related_name="students", verbose_name="đơn vị", db_index=False
    )
    name = models.CharField("họ tên", max_length=150, blank=True)
    level = models.ForeignKey(EducationLevel, models.PROTECT, related_name="+", verbose_name="cấp học")
    grade = models.PositiveSmallIntegerField("lớp", null=True, blank=True)
    has_computer = models.BooleanField("có máy tính", null=True, blank=True)
    has_internet = models.BooleanField("có Internet", null=True, blank=True)
    has_digital_record = models.BooleanField("có hồ sơ số, mã định danh thống nhất", null=True, blank=True)
    uses_platform = models.BooleanField("dùng nền tảng học trực tuyến", null=True, blank=True)

    objects = RegisterQuerySet["Student"].as_manager()

    class Meta:
        verbose_name = "người học"
        verbose_name_plural = "người học"
        ordering = ["unit_id", "code"]  # as the index: pages of 187,000 learners need no sorting
        indexes = [models.Index(fields=["unit", "code"], name="student_unit_code")]

    def __str__(self) -> str:
        return self.code
