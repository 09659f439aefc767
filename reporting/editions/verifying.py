"""Whether an edition still is what was published, and its files made again from it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reporting.editions import rendering
from reporting.editions.freezing import canonical, figure_rows, fingerprint
from reporting.editions.recount import recounted
from reporting.models import Edition, EditionFigure
from reporting.report.content import from_data

_KEPT = ("position", "code", "name", "kind", "formula", "numerator", "denominator", "value", "display")


def faults(edition: Edition) -> list[str]:
    """What is not as it was published, a sentence each; none for a sound edition. Two statements."""
    return list(_faults(edition))


def _faults(edition: Edition) -> Iterator[str]:
    if fingerprint(canonical(edition.content)) != edition.sha256:
        yield _("Nội dung không khớp với mã SHA-256 khi công bố.")
    for file in edition.files.all():
        data = bytes(file.data)
        if fingerprint(data) != file.sha256 or len(data) != file.size:
            yield _("Tệp %(name)s không khớp với mã SHA-256 khi công bố.") % {"name": file.name}
    kept = {one.code: _values(one) for one in edition.figures.all()}
    frozen = {one.code: _values(one) for one in figure_rows(edition.content)}
    for code in sorted(kept.keys() | frozen.keys()):
        if kept.get(code) != frozen.get(code):
            yield _("Chỉ số %(code)s không khớp với nội dung đã công bố.") % {"code": code}
    for code in recounted(edition.content):
        yield _("Chỉ số %(code)s: cộng lại từ từng đơn vị không ra số đã công bố.") % {"code": code}


def _values(figure: EditionFigure) -> list[object]:
    return [getattr(figure, name) for name in (*_KEPT, "counted", "expected")]


def rerender(edition: Edition, kind: str) -> bytes:
    """A file of the edition made again from its content alone, whatever is known today."""
    return rendering.render(kind, edition.content, from_data(edition.content["report"]))
