"""What an anomaly says to people: what was compared with what, never another school's own figure."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from collection.models import Anomaly
from dxreport.lib.numbers import format_number, format_percent
from indicators.arithmetic import percentage

# Class of the chip that shows each status.
CHIPS = {Anomaly.Status.OPEN: "miss", Anomaly.Status.CORRECTED: "met", Anomaly.Status.CONFIRMED: "info"}


# By kind, and whether the number is above the others.
_SENTENCES = {
    (Anomaly.Kind.HISTORY, True): gettext_noop(
        "Cao bất thường so với %(count)s kỳ trước của đơn vị: %(own)s so với trung vị %(median)s."
    ),
    (Anomaly.Kind.HISTORY, False): gettext_noop(
        "Thấp bất thường so với %(count)s kỳ trước của đơn vị: %(own)s so với trung vị %(median)s."
    ),
    (Anomaly.Kind.PEERS, True): gettext_noop(
        "Cao bất thường so với %(count)s đơn vị cùng cấp học, cùng quy mô:"
        " %(own)s so với trung vị %(median)s."
    ),
    (Anomaly.Kind.PEERS, False): gettext_noop(
        "Thấp bất thường so với %(count)s đơn vị cùng cấp học, cùng quy mô:"
        " %(own)s so với trung vị %(median)s."
    ),
}


def sentence_of(anomaly: Anomaly) -> str:
    """ "Cao bất thường so với 37 đơn vị cùng cấp học, cùng quy mô: 98% so với trung vị 61%." """
    return _(_SENTENCES[Anomaly.Kind(anomaly.kind), is_high(anomaly)]) % {
        "count": format_number(anomaly.compared),
        "own": number_of(anomaly),
        "median": _shown(anomaly, Decimal(anomaly.median)),
    }


def is_high(anomaly: Anomaly) -> bool:
    """Whether the number stands above the others, not below."""
    return Decimal(anomaly.score) > 0


def number_of(anomaly: Anomaly) -> str:
    """The number that was judged: "1.010", or a share with both sides, "98% (98/100)"."""
    if anomaly.size is None:
        return format_number(anomaly.number)
    return _("%(share)s (%(number)s/%(size)s)") % {
        "share": format_percent(percentage(anomaly.number, anomaly.size)),
        "number": format_number(anomaly.number),
        "size": format_number(anomaly.size),
    }


def _shown(anomaly: Anomaly, value: Decimal) -> str:
    return format_number(value) if anomaly.size is None else format_percent(value)
