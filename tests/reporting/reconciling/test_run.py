"""Every product read back and compared: all agree, and a wrong number planted in any of them is named."""

import dataclasses
import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from reporting.appendix import Appendix
from reporting.management.commands import figures as figures_command
from reporting.reconciling import pages, run
from reporting.reconciling.run import Product, Wanted, reconcile
from reporting.report.content import FigureText, Paragraph, Report
from reporting.report.html import to_html
from reporting.report.pdf import to_pdf
from reporting.report.word import to_docx
from reporting.report_files import render_appendix
from schools.actions import create_user
from schools.models import OrgUnit, User
from schools.roles import Role
from tests.reporting import published
from tests.workbooks import changed

pytestmark = pytest.mark.usefixtures("published_figures", "db")
EVERY = [*published.FIGURES, *published.NOT_APPLICABLE]


@pytest.fixture
def leader(department: OrgUnit) -> User:
    return create_user(username="lanh-dao", password=None, memberships=[(department, Role.LEADER)], by=None)


@pytest.fixture
def wanted(department: OrgUnit, leader: User) -> Wanted:
    return Wanted(department, published.selection(), leader)


def faults_of(products: list[Product]) -> set[tuple[str, str, str, str]]:
    return {(one.name, bad.code, bad.expected, bad.found) for one in products for bad in one.faults}


def only(name: str, wanted: Wanted) -> Product:
    [product] = reconcile(wanted, only=[name])
    return product


def test_all_57_figures_agree_in_every_product(wanted: Wanted) -> None:
    products = {one.name: one for one in reconcile(wanted)}
    assert faults_of(list(products.values())) == set()
    everywhere = {name for name, product in products.items() if sorted(product.codes) == sorted(EVERY)}
    assert everywhere == {
        run.FIGURES_PAGE,
        run.REPORT_PAGE,
        run.WORD,
        run.PDF,
        run.HTML,
        run.WORKBOOK,
        run.FIGURES_JSON,
        run.TRACES,
    }
    assert len(products[run.DASHBOARD].codes) == 17
    assert len(products[run.APPENDIX_PAGE].codes) == 22
    # A figure stands in more than one place of a document: in a sentence, a table, the appendix.
    assert len(products[run.WORD].told) > 3 * len(EVERY)


# --- a wrong number planted in each product --------------------------------------------------------

Writer = Callable[[Report], bytes]


def in_word(written: Report) -> bytes:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(to_docx(written))) as good,
        zipfile.ZipFile(packed, "w") as bad,
    ):
        for name in good.namelist():
            bad.writestr(name, good.read(name).replace(b"84,34%", b"84,43%"))
    return packed.getvalue()


def in_html(written: Report) -> bytes:
    return to_html(written).replace(b"84,34%", b"84,43%")


def in_pdf(written: Report) -> bytes:
    """The PDF of a report that another hand has changed on the way."""

    def other(block: Any) -> Any:
        if not isinstance(block, Paragraph):
            return block
        inlines = (
            dataclasses.replace(one, text="84,43%")
            if isinstance(one, FigureText) and one.text == "84,34%"
            else one
            for one in block.inlines
        )
        return dataclasses.replace(block, inlines=tuple(inlines))

    return to_pdf(dataclasses.replace(written, blocks=tuple(map(other, written.blocks))))


@pytest.mark.parametrize(("name", "planted"), [(run.WORD, in_word), (run.PDF, in_pdf), (run.HTML, in_html)])
def test_a_wrong_number_in_a_file_of_the_report_is_named(
    wanted: Wanted, monkeypatch: pytest.MonkeyPatch, name: str, planted: Writer
) -> None:
    monkeypatch.setattr(run, "render", lambda written, _kind, **_unit: planted(written))
    product = only(name, wanted)
    assert faults_of([product]) == {(name, "A1.1", "84,34%", "84,43%")}
    assert product.agreeing == len(EVERY) - 1


def test_a_wrong_exact_value_beside_a_right_text_is_named(
    wanted: Wanted, monkeypatch: pytest.MonkeyPatch
) -> None:
    def planted(written: Report, _kind: str, **_unit: Any) -> bytes:
        return to_html(written).replace(b'"84.34"', b'"84.43"')

    monkeypatch.setattr(run, "render", planted)
    assert faults_of([only(run.HTML, wanted)]) == {(run.HTML, "A1.1", "84.34", "84.43")}


@pytest.mark.parametrize(
    ("cell", "value", "expected", "found"),
    [
        ("CS_A1.1.result_share", 84.43, "7.661, đạt tỉ lệ: 84,34%", "7.661, đạt tỉ lệ: 84,43%"),
        ("CS_B1.8.value", 5326, "5.325", "5.326"),
    ],
)
def test_a_wrong_number_in_the_workbook_is_named(
    wanted: Wanted, monkeypatch: pytest.MonkeyPatch, cell: str, value: float, expected: str, found: str
) -> None:
    def planted(appendix: Appendix) -> bytes:
        def change(book: Any) -> None:
            sheet, place = next(book.defined_names[cell].destinations)
            book[sheet][place.replace("$", "")].value = value

        return changed(render_appendix(appendix), change)

    monkeypatch.setattr(run, "render_appendix", planted)
    code = cell.removeprefix("CS_").rpartition(".")[0]
    assert faults_of([only(run.WORKBOOK, wanted)]) == {(run.WORKBOOK, code, expected, found)}


@pytest.mark.parametrize(
    ("name", "pattern", "code", "expected", "found"),
    [
        (run.DASHBOARD, r'("fig" href="/units/DN/indicators/A1.1/[^"]*">)84,34%', "A1.1", "84,34%", "1%"),
        (run.FIGURES_PAGE, r'(href="/units/DN/indicators/A1.1/[^"]*">)84,34%', "A1.1", "84,34%", "1%"),
        (
            run.APPENDIX_PAGE,
            r"()7\.661, đạt tỉ lệ: 84,34%",
            "A1.1",
            "7.661, đạt tỉ lệ: 84,34%",
            "1%",
        ),
        (run.REPORT_PAGE, r'(<data class="figure" value="84\.34">)84,34%', "A1.1", "84,34%", "1%"),
        (run.TRACES, r'("display": ")84,34%', "A1.1", "84,34%", "1%"),
    ],
)  # fmt: skip
def test_a_wrong_number_on_a_page_is_named(
    wanted: Wanted,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    pattern: str,
    code: str,
    expected: str,
    found: str,
) -> None:
    usual = pages.ask

    def planted(address: str, reader: User) -> str:
        return re.sub(pattern, rf"\g<1>{found}", usual(address, reader), count=1)

    monkeypatch.setattr(pages, "ask", planted)
    assert (name, code, expected, found) in faults_of([only(name, wanted)])


def test_a_figure_that_a_page_of_all_figures_has_lost_is_named(
    wanted: Wanted, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = pages.ask
    monkeypatch.setattr(
        pages, "ask", lambda *asked: re.sub(r"<tr><th[^§]*?B1\.8</span>.*?</tr>", "", usual(*asked))
    )
    lost = faults_of([only(run.FIGURES_PAGE, wanted)])
    assert (run.FIGURES_PAGE, "B1.8", "5.325", "(không tìm thấy)") in lost


# --- the command -----------------------------------------------------------------------------------


def run_command(*arguments: str) -> str:
    out = io.StringIO()
    call_command("reconcile", "--period", "2023", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command over two products: how they are read is tested above."""
    monkeypatch.setattr(
        "reporting.management.commands.reconcile.reconcile",
        lambda wanted: reconcile(wanted, only=[run.FIGURES_JSON, run.FIGURES_PAGE]),
    )


@pytest.mark.usefixtures("quick", "leader")
def test_the_command_says_how_many_agree() -> None:
    said = run_command()
    assert "Đối chiếu số liệu của Sở Giáo dục và Đào tạo Đắk Nông, Năm 2023 (đọc trang: lanh-dao)" in said
    assert "JSON (manage.py figures)  57/57 chỉ số khớp, ở 228 chỗ" in said
    assert said.endswith("57/57 chỉ số khớp ở mọi sản phẩm.\n")


@pytest.mark.usefixtures("quick", "leader")
def test_the_command_lists_what_does_not_agree_and_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    usual = figures_command.row

    def planted(figure: Any) -> dict[str, Any]:
        return usual(figure) | ({"numerator": "7662"} if figure.code == "A1.1" else {})

    monkeypatch.setattr(figures_command, "row", planted)
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("reconcile", "--period", "2023", stdout=out)
    assert ended.value.code == 1
    assert "JSON (manage.py figures)  56/57 chỉ số khớp" in out.getvalue()
    assert (
        "LỆCH  A1.1 numerator: JSON (manage.py figures) ghi “7.662”, đúng là “7.661” (figures)"
        in out.getvalue()
    )
    assert out.getvalue().endswith("56/57 chỉ số khớp ở mọi sản phẩm; 1 chỗ lệch.\n")


@pytest.mark.usefixtures("quick", "leader")
def test_the_command_speaks_to_programs_too() -> None:
    told = json.loads(run_command("--format", "json"))
    assert (told["unit"], told["period"], told["basis"]) == ("DN", "2023", "official")
    assert told["disagreements"] == []
    assert told["products"][0] == {
        "product": run.FIGURES_PAGE,
        "figures": 57,
        "agreeing": 57,
        "places": 228,
    }


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--format", "xml"], "Không có định dạng “xml”"),
        (["--unit", "XX"], "Không có đơn vị mang mã “XX”"),
        (["--basis", "draft"], "Không có loại số liệu “draft”"),
        ([], "Chưa có tài khoản nào được xem"),
    ],
)
def test_what_cannot_be_compared_is_one_sentence(arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        run_command(*arguments)
