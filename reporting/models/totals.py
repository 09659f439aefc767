"""Totals: stored numerators and denominators, so that a page reads what is already summed."""

from django.db import models

from collection.models import ReportingPeriod
from collection.workflow import Basis
from indicators.models import Choice, DataElement, Indicator
from schools.models import OrgUnit


class Totals(models.Model):
    """Σ numerator and Σ denominator of an indicator over a unit's subtree in a period.

    A school's own row is its contribution; a row above it is the sum of those below. `counted`
    and `expected` are numbers of reporting units. A distinct indicator's number is not a sum: its
    row holds the coverage only, and the number comes from ChoiceCount.
    """

    org_unit = models.ForeignKey(OrgUnit, models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+")
    period = models.ForeignKey(ReportingPeriod, models.CASCADE, related_name="+")
    basis = models.CharField(max_length=11, choices=Basis)
    numerator = models.BigIntegerField(default=0)
    denominator = models.BigIntegerField(default=0)
    counted = models.PositiveIntegerField(default=0)
    expected = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "số tổng hợp"
        verbose_name_plural = "số tổng hợp"
        ordering = ["period", "basis", "org_unit", "indicator"]
        constraints = [
            models.UniqueConstraint(fields=["org_unit", "period", "basis", "indicator"], name="totals_once"),
            models.CheckConstraint(
                name="totals_counted_within_expected", condition=models.Q(counted__lte=models.F("expected"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.org_unit_id} {self.indicator_id} {self.period_id} {self.basis}"


class Revision(models.Model):
    """In which state the totals of a period are: made anew by whatever changes them, with the change.

    Read with the period, so that whoever keeps what totals gave knows when they have changed.
    """

    period = models.OneToOneField(
        ReportingPeriod, models.CASCADE, primary_key=True, related_name="totals_revision"
    )
    value = models.UUIDField()

    class Meta:
        verbose_name = "lần sửa số tổng hợp"
        verbose_name_plural = "lần sửa số tổng hợp"
        ordering = ["period"]

    def __str__(self) -> str:
        return f"{self.period_id} {self.value}"


class ChoiceCount(models.Model):
    """In how many reporting units of a subtree a choice is in use: a union that can shrink."""

    org_unit = models.ForeignKey(OrgUnit, models.CASCADE, related_name="+")
    element = models.ForeignKey(DataElement, models.CASCADE, related_name="+")
    period = models.ForeignKey(ReportingPeriod, models.CASCADE, related_name="+")
    basis = models.CharField(max_length=11, choices=Basis)
    choice = models.ForeignKey(Choice, models.CASCADE, related_name="+")
    units = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "số đơn vị theo mục chọn"
        verbose_name_plural = "số đơn vị theo mục chọn"
        ordering = ["period", "basis", "org_unit", "element", "choice"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_unit", "period", "basis", "element", "choice"], name="choicecount_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.org_unit_id} {self.choice} {self.period_id} {self.basis}: {self.units}"
