"""BaseTable: what every list says, how it sorts, and that its lean rows are the package's own cells."""

import datetime as dt
import re
from decimal import Decimal

import django_tables2 as tables
import pytest
from django.template import Context, Template
from django.utils.html import conditional_escape
from django_tables2 import RequestConfig

from dxreport.lib.tables import BaseTable, NumberColumn, PercentColumn
from schools.models import OrgUnit, UnitKind


class SchoolTable(BaseTable):
    name = "Trường"
    unit = tables.Column(verbose_name="Đơn vị", linkify=lambda record: f"/units/{record['code']}/")
    teachers = NumberColumn(verbose_name="Giáo viên")
    share = PercentColumn(verbose_name="Tỉ lệ")
    state = tables.Column(attrs={"td": {"class": lambda record: "x" if record["state"] == "muộn" else ""}})

    def render_state(self, value, record):
        return f"{value} <{record['code']}>"


class UnitTable(BaseTable):
    kind = tables.Column()
    name_ = tables.Column(accessor="name")

    class Meta:
        model = OrgUnit
        fields = ("kind", "name_")
        empty_text = "Chưa có đơn vị."


ROWS = [
    {"unit": "Trường <Một>", "code": "T1", "teachers": 7661, "share": Decimal("84.34"), "state": "muộn"},
    {"unit": "Trường Hai", "code": "T2", "teachers": 0, "share": None, "state": "đúng hạn"},
    {"unit": "Trường Ba", "code": "T3", "teachers": None, "share": Decimal(100), "state": "muộn"},
]


def shown(table: BaseTable, rf, address: str = "/", per_page: int = 25) -> str:
    request = rf.get(address)
    RequestConfig(request, paginate={"per_page": per_page}).configure(table)
    template = Template("{% load django_tables2 %}{% render_table table %}")
    return template.render(Context({"table": table, "request": request}))


def test_figures_stand_in_the_readers_notation_and_a_missing_one_is_a_dash(rf):
    html = shown(SchoolTable(ROWS), rf)

    assert re.findall(r'<td class="num" data-label="[^"]*">([^<]*)</td>', html) == [
        "7.661",
        "84,34%",
        "0",
        "–",
        "–",
        "100%",
    ]


def test_the_first_cell_heads_its_row_and_texts_are_escaped(rf):
    html = shown(SchoolTable(ROWS), rf)

    assert '<th scope="row"><a href="/units/T1/">Trường &lt;Một&gt;</a></th>' in html
    assert "muộn &lt;T1&gt;" in html


def test_lean_rows_hold_what_the_package_would_have_rendered():
    table = SchoolTable(ROWS)
    own = [[str(conditional_escape(cell)) for _column, cell in row.items()] for row in table.rows]
    lean = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line.cells) for line in SchoolTable(ROWS).lines()]

    assert lean == own


def test_attributes_may_depend_on_the_record(rf):
    classes = re.findall(
        r"<td( class=\"x\")? data-label=\"State\">(?:muộn|đúng)", shown(SchoolTable(ROWS), rf)
    )

    assert classes == [' class="x"', "", ' class="x"']


def test_a_head_says_how_it_is_sorted_and_leads_to_the_first_page(rf):
    html = shown(SchoolTable(ROWS), rf, "/?sort=-teachers&page=2&q=một", per_page=1)
    sorted_heads = re.findall(r'aria-sort="(\w+)"><a class="sort" href="([^"]*)">([^<]*)</a>', html)

    assert sorted_heads == [("descending", "?sort=teachers&amp;q=m%E1%BB%99t", "Giáo viên")]


def test_the_pager_names_its_pages_and_counts_the_rows(rf):
    html = shown(SchoolTable(ROWS), rf, "/?page=2", per_page=1)

    assert "2–2 trong 3 dòng" in html
    assert 'rel="prev"' in html
    assert 'rel="next"' in html
    assert re.search(r'aria-current="page"><span class="visually-hidden">Trang </span>2<', html)


def test_an_empty_list_says_what_to_do_next(rf):
    assert "Hãy bỏ bớt điều kiện lọc" in shown(SchoolTable([]), rf)


@pytest.fixture
def units(db) -> list[OrgUnit]:
    """Thirty units that compare equal by kind and name."""
    kind = UnitKind.objects.create(code="school", name="Trường", position=1)
    return [
        OrgUnit.objects.create(code=f"T{number:02}", name="Trường", kind=kind, valid_from=dt.date(2020, 1, 1))
        for number in range(30)
    ]


@pytest.mark.parametrize("given", ["name", "valid_from", "?none"])
@pytest.mark.parametrize("sort", ["", "name_", "-name_", "kind", "-kind,name_"])
def test_pages_never_repeat_a_row(units, rf, given, sort):
    seen = []
    for page in (1, 2, 3):
        table = UnitTable(OrgUnit.objects.order_by(*([] if given == "?none" else [given])))
        request = rf.get("/", {"sort": sort, "page": page} if sort else {"page": page})
        RequestConfig(request, paginate={"per_page": 10}).configure(table)
        seen += [row.record.pk for row in table.paginated_rows]
        ordering = table.data.data.query.order_by
        assert ordering[-1] == "pk"
        assert ordering.count("pk") == 1
    assert sorted(seen) == sorted(unit.pk for unit in units)


def test_a_table_keeps_the_look_when_its_meta_says_something_else():
    table = UnitTable(OrgUnit.objects.none())

    assert table.template_name == "tables/table.html"
    assert table.attrs["class"] == "data cards"
    assert table.empty_text == "Chưa có đơn vị."


def test_statements_do_not_grow_with_the_rows(units, rf, django_assert_num_queries):
    with django_assert_num_queries(2):  # how many there are, and this page of them
        shown(UnitTable(OrgUnit.objects.select_related("kind")), rf, per_page=25)
