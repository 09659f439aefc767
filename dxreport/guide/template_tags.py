"""What the guide's pages are made of: `{% load guide %}`."""

from __future__ import annotations

from functools import cache

from django import template
from django.conf import settings
from django.templatetags.static import static

from dxreport.guide import first_steps as setup

register = template.Library()

FOLDER = "img/guide"


@register.inclusion_tag("guide/picture.html")
def picture(name: str, caption: str) -> dict[str, object]:
    """A picture that `make guide` took, by its name in tests/guide/scenes.py, with what it shows.

    Its size stands in the page, which so does not jump when it comes. Where it is missing the
    caption stands alone; a test finds that.
    """
    size = size_of(name)
    shown = {"url": static(f"{FOLDER}/{name}.webp"), "width": size[0], "height": size[1]} if size else {}
    return {"caption": caption, **shown}


@register.inclusion_tag("guide/first_steps.html", takes_context=True)
def first_steps(context: template.Context) -> dict[str, object]:
    """What the system still lacks before its first phiếu, for a page that has nothing to show."""
    return {"steps": setup.first_steps(context.get("user"))}


@cache
def size_of(name: str) -> tuple[int, int] | None:
    """Width and height of a picture in pixels; None where there is no such file."""
    path = settings.BASE_DIR / "static" / FOLDER / f"{name}.webp"
    return webp_size(path.read_bytes()[:30]) if path.exists() else None


def webp_size(head: bytes) -> tuple[int, int]:
    """Width and height of a losslessly kept WebP file, from its first 25 bytes."""
    packed = int.from_bytes(head[21:25], "little")
    return (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
