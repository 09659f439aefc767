"""Template tags and filters of reports: `{% load documents %}`."""

from collections.abc import Iterable, Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from reporting.report.content import ChartBlock, FigureText, Inline, Mark
from reporting.report.pictures import svg_of

register = template.Library()
register.filter("at", lambda urls, code: urls.get(code, ""))


@register.simple_tag
def prose(inlines: Iterable[Inline], notes: str, urls: Mapping[str, str]) -> SafeString:
    """A sentence as HTML, without any space that it does not have itself.

    `notes` says where footnotes go: "linked" leaves a number that leads to the list at the end, "page"
    puts the note here, for a renderer that carries it to the foot of the page. A number leads to the
    page that explains it where `urls` has one for its indicator.
    """
    return mark_safe("".join(_inline(one, notes, urls) for one in inlines))


@register.simple_tag
def picture(block: ChartBlock) -> SafeString:
    """The picture of a chart, drawn here: an <svg> element with its words for those who do not see it."""
    return mark_safe(svg_of(block))


def _inline(one: Inline, notes: str, urls: Mapping[str, str]) -> str:
    # On paper a number is text as any other; each element less is a box less to lay out.
    if isinstance(one, FigureText) and notes != "page":
        return _figure(one, urls.get(one.code, ""))
    if not isinstance(one, Mark):
        return format_html("{}", one.text)
    if notes == "page":
        return format_html('<span class="footnote">{}</span>', one.note.text)
    number = one.note.number
    return format_html(
        '<sup class="mark"><a href="#note-{0}" id="mark-{0}" aria-label="Ghi chú {0}">{0}</a></sup>', number
    )


def _figure(one: FigureText, url: str) -> str:
    data = format_html('<data class="figure" value="{}">{}</data>', one.exact or one.text, one.text)
    # What has no exact value are words, such as the indicator's name.
    return format_html('<a class="why" href="{}">{}</a>', url, data) if url and one.exact else data
