"""Template filters of reports: `{% load documents %}`."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from reporting.report.content import FigureText, Inline, Mark

register = template.Library()


@register.filter
def prose(inlines: Iterable[Inline], notes: str) -> SafeString:
    """A sentence as HTML, without any space that it does not have itself.

    `notes` says where footnotes go: "linked" leaves a number that leads to the list at the end, "page"
    puts the note here, for a renderer that carries it to the foot of the page.
    """
    return mark_safe("".join(_inline(one, notes) for one in inlines))


def _inline(one: Inline, notes: str) -> str:
    if isinstance(one, FigureText):
        return format_html('<data class="figure" value="{}">{}</data>', one.exact or one.text, one.text)
    if not isinstance(one, Mark):
        return format_html("{}", one.text)
    if notes == "page":
        return format_html('<span class="footnote">{}</span>', one.note.text)
    number = one.note.number
    return format_html(
        '<sup class="mark"><a href="#note-{0}" id="mark-{0}" aria-label="Ghi chú {0}">{0}</a></sup>', number
    )
