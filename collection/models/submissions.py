"""Submissions: one unit's form for one period, with its state and what was said about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from collection.deadlines import Deadline
from collection.workflow import State
from indicators.models import DataElement, Form, Rule
from schools.models import Ancestry, OrgUnit, Placement

from .periods import ReportingPeriod

if TYPE_CHECKING:
    from schools.models import User


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Scopes of submissions; every view starts from `visible_to`."""

    def visible_to(self, user: User) -> SubmissionQuerySet:
        """Submissions of units in the user's subtrees."""
        return self.filter(org_unit__in=OrgUnit.objects.visible_to(user))

    def below(self, roots: Collection[int], *, on: dt.date) -> SubmissionQuerySet:
        """Submissions of units in the subtrees of the units `roots` (ids), as of the day `on`."""
        return self.filter(org_unit__in=OrgUnit.objects.below(roots, on=on))

    def under(self, code: str) -> SubmissionQuerySet:
        """Those of units that stood under the unit `code` on the last day of the period, itself included."""
        if "\x00" in code:  # no database has such text: asking for it would be an error, not "no such unit"
            return self.none()
        day = OuterRef("period__ends_on")
        held = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))
        above = Ancestry.objects.filter(held, ancestor__code=code, descendant=OuterRef("org_unit"))
        return self.filter(Exists(above))

    def of_existing_units(self) -> SubmissionQuerySet:
        """Those of units that existed on the last day of the period: who is expected to answer."""
        day = F("period__ends_on")
        still = Q(org_unit__valid_to__isnull=True) | Q(org_unit__valid_to__gt=day)
        return self.filter(still, org_unit__valid_from__lte=day)

    def directly_under(self, code: str) -> SubmissionQuerySet:
        """Those of the unit `code` itself and of what stood right below it, but for other offices."""
        day = OuterRef("period__ends_on")
        held = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))
        placed = Placement.objects.filter(held, parent__code=code, unit=OuterRef("org_unit"))
        manages = Placement.objects.filter(parent=OuterRef("org_unit"))
        return self.filter(Q(org_unit__code=code) | Exists(placed) & ~Exists(manages))

    def for_list(self, user: User) -> SubmissionQuerySet:
        """The rows of the list of submissions, the newest period first.

        Each knows the unit it stood under on the last day of its period (`parent_name`).
        """
        return (
            self.visible_to(user)
            .select_related("period", "org_unit", "form")
            ._with_parent()
            .order_by("-period__ends_on", "org_unit__code", "form__position")
        )

    def for_matrix(self, user: User) -> SubmissionQuerySet:
        """The cells of the matrix of one period, by unit; forms and the period are read beside it."""
        return (
            self.visible_to(user)
            .select_related("org_unit")
            .defer("traits")
            ._with_parent()
            .order_by("org_unit__code", "form__position")
        )

    def _with_parent(self) -> SubmissionQuerySet:
        day = OuterRef("period__ends_on")
        placed = Placement.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day), unit=OuterRef("org_unit"), valid_from__lte=day
        )
        return self.annotate(parent_name=Subquery(placed.order_by().values("parent__name")[:1]))

    def with_context(self) -> SubmissionQuerySet:
        """Everything that a page about one submission names, in one query."""
        return self.select_related(
            "period", "org_unit__kind", "form__indicator_set", "submitted_by", "decided_by"
        )


class Submission(models.Model):
    """One unit's form for one period.

    `traits` are the words that described the unit when the period was opened ("school",
    "primary" ...): what a unit was asked does not change when the unit changes later.
    `version` grows with every change of state or value and guards against lost updates.
    """

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="submissions", verbose_name="kỳ")
    org_unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="submissions", verbose_name="đơn vị")
    form = models.ForeignKey(Form, models.PROTECT, related_name="submissions", verbose_name="biểu mẫu")
    traits = models.JSONField("đặc điểm đơn vị", default=list)
    state = models.CharField("trạng thái", max_length=9, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField("phiên bản", default=0)
    due_on = models.DateField("hạn nộp")
    # Set once: whether a unit was in time does not change when its phiếu is returned and comes again.
    first_submitted_at = models.DateTimeField("nộp lần đầu lúc", null=True, blank=True)
    submitted_at = models.DateTimeField("nộp lúc", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người nộp",
    )
    decided_at = models.DateTimeField("duyệt hoặc trả lại lúc", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người duyệt",
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu báo cáo"
        verbose_name_plural = "phiếu báo cáo"
        ordering = ["period", "org_unit", "form"]
        constraints = [
            models.UniqueConstraint(fields=["period", "org_unit", "form"], name="submission_once"),
            models.CheckConstraint(name="submission_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="submission_submitted_by_somebody",
                condition=Q(state=State.DRAFT) | Q(submitted_at__isnull=False, submitted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="submission_decided_by_somebody",
                condition=Q(state__in=[State.DRAFT, State.SUBMITTED])
                | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="submission_not_approved_by_submitter",
                condition=~Q(state=State.APPROVED) | ~Q(decided_by=F("submitted_by")),
            ),
        ]
        indexes = [models.Index(fields=["org_unit", "period"], name="submission_unit_period")]

    def __str__(self) -> str:
        return f"{self.form}, {self.org_unit}, {self.period}"

    @property
    def deadline(self) -> Deadline:
        """Its due date and what became of it, in the department's days."""
        first = self.first_submitted_at
        return Deadline(self.state, self.due_on, timezone.localdate(first) if first else None)

    def is_late(self, today: dt.date) -> bool:
        """Whether it is awaited after its due date, or first came after it."""
        return self.deadline.is_late(today)


class ReturnedCell(models.Model):
    """A cell that a reviewer sent back, with the reason; `resolved_at` once it came again."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="returned_cells")
    element = models.ForeignKey(DataElement, models.PROTECT, related_name="+")
    reason = models.TextField("lý do")
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    returned_at = models.DateTimeField("trả lại lúc")
    resolved_at = models.DateTimeField("nộp lại lúc", null=True, blank=True)

    class Meta:
        verbose_name = "ô bị trả lại"
        verbose_name_plural = "ô bị trả lại"
        ordering = ["submission", "returned_at", "id"]
        constraints = [
            models.CheckConstraint(name="returnedcell_has_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                fields=["submission", "element"],
                condition=Q(resolved_at__isnull=True),
                name="returnedcell_one_open_per_cell",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {self.element}"


class Violation(models.Model):
    """A rule that a submission's values do not satisfy, as they stand now."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="violations")
    rule = models.ForeignKey(Rule, models.PROTECT, related_name="violations")
    left = models.BigIntegerField("vế trái", null=True)
    right = models.BigIntegerField("vế phải", null=True)
    explanation = models.TextField("giải trình", blank=True)

    class Meta:
        verbose_name = "vi phạm quy tắc"
        verbose_name_plural = "vi phạm quy tắc"
        ordering = ["submission", "rule"]
        constraints = [models.UniqueConstraint(fields=["submission", "rule"], name="violation_once")]

    def __str__(self) -> str:
        return f"{self.submission}: {self.rule.code}"


class Extension(models.Model):
    """More time for one submission, with who gave it and why."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="extensions")
    due_on = models.DateField("hạn mới")
    reason = models.TextField("lý do")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField("gia hạn lúc", auto_now_add=True)

    class Meta:
        verbose_name = "gia hạn"
        verbose_name_plural = "gia hạn"
        ordering = ["submission", "granted_at", "id"]
        constraints = [models.CheckConstraint(name="extension_has_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.submission}: {self.due_on:%d/%m/%Y}"
