"""A report as a tagged PDF (PDF/UA-1), rendered from its HTML with a typeface that we bring along."""

from __future__ import annotations

import logging

from reporting.report.content import Report
from reporting.report.html import document
from reporting.report.typeface import FACES, FONT_FOLDER


class PdfUnavailable(RuntimeError):
    """This machine cannot make a PDF; the message says what to install."""


def to_pdf(report: Report) -> bytes:
    """The .pdf file. The same report gives the same bytes. Raises PdfUnavailable."""
    missing = [name for name in FACES if not (FONT_FOLDER / name).is_file()]
    if missing:
        raise PdfUnavailable("Chưa có phông chữ Tinos để tạo PDF. Hãy chạy `make setup` rồi thử lại.")
    try:
        # Loads Pango, which a machine without documents need not have.
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise PdfUnavailable(
            "Máy này chưa có thư viện Pango để tạo PDF. "
            "Hãy cài: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0."
        ) from error
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # properties for the screen are no fault
    fonts = FontConfiguration()
    # The fonts' files and nothing else, wherever a text might point.
    fetcher = URLFetcher(allowed_protocols={"file"}, fail_on_errors=True)
    faces = CSS(string=_faces(), font_config=fonts, url_fetcher=fetcher)
    html = HTML(string=document(report, notes="page"), url_fetcher=fetcher)
    rendered: bytes = html.write_pdf(stylesheets=[faces], font_config=fonts, pdf_variant="pdf/ua-1")
    return rendered


def _faces() -> str:
    rules = [
        f"@font-face {{ font-family: Tinos; src: url({(FONT_FOLDER / name).as_uri()}); {style} }}"
        for name, style in FACES.items()
    ]
    return "\n".join([*rules, ".document { font-family: Tinos !important }"])
