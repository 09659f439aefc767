"""Addresses of the pages of templates: the same four for each kind."""

from django.urls import URLPattern, path

from reporting.document_templates import KINDS, Kind
from reporting.views import templates


def template_pages(address: str, kind: Kind) -> list[URLPattern]:
    """The pages of one kind of template below `address`."""
    route, about = KINDS[kind].route, {"kind": kind}
    return [
        path(address, templates.template, about, name=route),
        path(f"{address}delivered/", templates.delivered, about, name=f"{route}_delivered"),
        path(f"{address}retire/", templates.retire, about, name=f"{route}_retire"),
        path(f"{address}<int:pk>/file/", templates.template_file, about, name=f"{route}_file"),
    ]
