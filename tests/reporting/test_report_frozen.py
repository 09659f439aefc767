"""A report as plain data, and made again from it."""

import json
from decimal import Decimal

from collection.workflow import Basis
from reporting.progress import Progress
from reporting.report.build import compose
from reporting.report.content import ChartBlock, ChartRow, Point, Report, from_data, to_data
from reporting.report.html import to_html
from reporting.report.source import Source
from reporting.report.word import to_docx
from tests.reporting import by_hand


def report() -> Report:
    """A small one with a footnote, a table, a broken rule and what does not apply."""
    found = by_hand.figure(counted=366, held_to=by_hand.target("90"), findings=(by_hand.violation(),))
    return compose(
        Source(
            unit=by_hand.unit(),
            period=by_hand.period(indicator_set="KHAC"),
            basis=Basis.OFFICIAL,
            made_on=by_hand.MADE_ON,
            letterhead=by_hand.letterhead(),
            figures=[found, by_hand.not_applicable()],
            progress=Progress(expected=2, submitted=2, approved=1, last_change=None),
        )
    )


def there_and_back(written: Report) -> Report:
    return from_data(json.loads(json.dumps(to_data(written))))


def test_a_report_comes_back_whole_from_json() -> None:
    written = report()
    again = there_and_back(written)
    assert again.text == written.text
    assert (again.notes, again.labels, again.letterhead) == (
        written.notes,
        written.labels,
        written.letterhead,
    )
    assert [row.texts for row in again.appendix.rows] == [row.texts for row in written.appendix.rows]
    assert again.appendix.notes == written.appendix.notes
    assert [one.value for one in again.appendix.figures] == [Decimal("84.34"), None]
    assert again.appendix.rows[0].lines[0].figure is again.appendix.figures[0]


def test_what_is_made_again_is_printed_byte_for_byte_without_a_database() -> None:
    written = report()
    again = there_and_back(written)
    assert to_html(again) == to_html(written)
    assert to_docx(again) == to_docx(written)


def test_a_chart_comes_back_with_its_exact_values() -> None:
    bar = ChartRow("Giáo viên", (Point(Decimal("84.34"), "84,34%"),), "A1.1", Point(Decimal(50), "từ 50%"))
    chart = ChartBlock("targets", "Biểu đồ 1", "Một thanh.", (bar,), ("Kết quả",))
    written = report()
    with_chart = Report(**{**vars(written), "blocks": (*written.blocks, chart)})
    assert there_and_back(with_chart).blocks[-1] == chart
