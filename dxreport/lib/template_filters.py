"""Template filters of figures and dates: `{% load figures %}`.

They only call `dxreport.lib.numbers`. A table of hundreds of figures is formatted once in
Python instead: a filter per cell costs nearly three times a ready string.
"""

import datetime as dt
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.formats import date_format

from dxreport.lib.numbers import DASH, format_change, format_number, format_percent

register = template.Library()


@register.filter
def number(value: int | Decimal | None) -> str:
    """7661 -> "7.661"; None -> a dash."""
    return format_number(value)


@register.filter
def percent(value: Decimal | None) -> str:
    """Decimal("84.34") -> "84,34%"; None -> a dash."""
    return format_percent(value)


@register.filter
def change(value: Decimal | None) -> str:
    """Decimal("5.12") -> "+5,12"; None -> a dash."""
    return format_change(value)


@register.filter
def short_date(value: dt.date | dt.datetime | None) -> str:
    """05/03/2024, or 14:05 05/03/2024 for a moment, in local time; None -> a dash."""
    if value is None:
        return DASH
    if isinstance(value, dt.datetime):
        moment = timezone.localtime(value) if timezone.is_aware(value) else value
        return date_format(moment, "SHORT_DATETIME_FORMAT")
    return date_format(value, "SHORT_DATE_FORMAT")
