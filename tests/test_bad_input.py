"""Bad input at every door: one clear Vietnamese sentence, and the database as it was.

What a single module refuses is tested beside it; here it comes in as people send it, through
the page and through `manage.py`, and every table is compared before and after.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.core.management import CommandError, ManagementUtility, call_command
from django.db import connections
from django.test import Client

from collection import actions
from collection.models import DataValue, Submission, Upload
from collection.workbooks.layout import Kind
from tests.collection.conftest import address, page_post
from tests.province import build_province, enter, submitted
from tests.tables import nothing_changes
from tests.workbooks import filled, template

pytestmark = pytest.mark.django_db

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
TRACES = re.compile(r"Traceback|Error\b|Exception|None\b")


@pytest.fixture
def province():
    return build_province()


@pytest.fixture
def submission(province) -> Submission:
    return province.submission("DN-101")


@pytest.fixture
def client_of(province) -> Callable[[str], Client]:
    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(province.person(name))
        return client

    return sign_in


# --- the form -----------------------------------------------------------------------------

NO_COUNTS = [
    ("ba mươi", "Ô này chỉ nhận chữ số, như 7661 hoặc 7.661."),
    ("12 giáo viên", "Ô này chỉ nhận chữ số, như 7661 hoặc 7.661."),
    ("1e3", "Ô này chỉ nhận chữ số, như 7661 hoặc 7.661."),
    ("１２", "Ô này chỉ nhận chữ số, như 7661 hoặc 7.661."),
    ("=1+1", "Ô này chỉ nhận chữ số, như 7661 hoặc 7.661."),
    ("-5", "Số lượng không thể âm. Hãy gõ số từ 0 trở lên."),
    ("−5", "Số lượng không thể âm. Hãy gõ số từ 0 trở lên."),
    ("3,5", "Ô này nhận số nguyên, không nhận số thập phân."),
    ("7,661", "“7,661” có dấu phẩy, là dấu thập phân. Nếu là số nguyên, hãy gõ 7661 hoặc 7.661."),
    ("7.66", "Dấu chấm phân nhóm ba chữ số, như 7.661."),
    ("0.123", "Dấu chấm phân nhóm ba chữ số, như 7.661."),
    ("1.234 567", "Dấu chấm phân nhóm ba chữ số, như 7.661."),
    ("1000000000000", "Số quá lớn: một ô nhận tối đa 999.999.999.999."),
    (str(2**63), "Số quá lớn: một ô nhận tối đa 999.999.999.999."),
    ("9" * 4000, "Số quá lớn: một ô nhận tối đa 999.999.999.999."),
    ("1\x002", "Ô này chỉ nhận chữ số, như 7661 hoặc 7.661."),
]


@pytest.mark.parametrize(("typed", "sentence"), NO_COUNTS, ids=[repr(typed)[:24] for typed, _ in NO_COUNTS])
def test_what_is_no_count_is_refused_with_a_sentence(client_of, submission, typed, sentence):
    clerk = client_of("clerk_101")
    posted = page_post(submission, v_teachers=typed, v_lessons="12")
    for do in ("save", "submit"):
        with nothing_changes():
            response = clerk.post(address(submission), {**posted, "do": do})
        assert response.status_code == 422
        assert sentence in response.content.decode()


@pytest.mark.parametrize("typed", ["7661", "7.661", "7 661", "7\u00a0661", "007661"])
def test_7_661_is_7661_and_is_shown_back_with_its_dot(client_of, submission, typed):
    clerk = client_of("clerk_101")
    response = clerk.post(address(submission), page_post(submission, v_teachers=typed), follow=True)
    assert 'name="v-teachers" value="7.661"' in response.content.decode()
    assert DataValue.objects.get(element__code="teachers").number == 7661


NUL: list[dict[str, Any]] = [
    {"v_remark": "a\x00b"},
    {"v_maturity": "1\x00"},
    {"v_platforms": ["zoom", "\x00"]},
    {"v_online_plan": "1\x00"},
    {"s_lessons": "not_available\x00"},
    {"s_lessons": "not_available", "r_lessons": "mất\x00sổ"},
    {"v_lessons": "12", "e_lessons": "a\x00b"},
    {"b_lessons": "0\x00", "v_lessons": "12"},
]


@pytest.mark.parametrize("typed", NUL, ids=[",".join(typed) for typed in NUL])
def test_nul_is_refused_in_every_field(client_of, submission, typed):
    with nothing_changes():
        response = client_of("clerk_101").post(
            address(submission), page_post(submission, v_teachers="31", **typed)
        )
    assert response.status_code == 422
    assert "Chưa lưu được: 1 ô cần sửa." in response.content.decode()


def test_a_part_above_its_whole_is_not_handed_in(client_of, province, submission):
    enter(submission, by=province.person("clerk_101"), teachers=20, teachers_with_computer=21)
    with nothing_changes():
        response = client_of("clerk_101").post(
            address(submission, "check/"), {"do": "submit", "version": submission.version}
        )
    html = response.content.decode()
    assert response.status_code == 422
    assert "Chưa nộp được" in html
    assert "Phần không được lớn hơn tổng" in html
    assert "(21 so với 20)" in html


def test_a_version_that_is_no_longer_the_latest_saves_nothing(client_of, submission):
    stale = page_post(submission, v_teachers="31", v_lessons="900")
    client_of("clerk_101b").post(address(submission), page_post(submission, v_teachers="7661"))
    with nothing_changes():
        response = client_of("clerk_101").post(address(submission), stale)
    assert response.status_code == 409
    assert "clerk_101b đã lưu “7.661”" in response.content.decode()


@pytest.mark.parametrize("do", ["approve", "return"])
def test_a_decision_on_a_version_that_is_no_longer_the_latest_is_refused(client_of, province, submission, do):
    seen = submitted(submission, by=province.person("clerk_101")).version
    actions.return_cells(
        submission=submission, reasons={"teachers": "thiếu hợp đồng"}, by=province.person("reviewer_1")
    )
    actions.submit(submissions=[submission], by=province.person("clerk_101"))
    with nothing_changes():
        response = client_of("reviewer_1").post(
            address(submission, "review/"), {"do": do, "version": seen, "r-lessons": "thiếu sổ"}
        )
    assert response.status_code == 409
    assert "vừa thay đổi" in response.content.decode()


@pytest.mark.parametrize("do", ["save", "submit"])
def test_a_closed_period_takes_nothing(client_of, province, submission, do):
    enter(submission, by=province.person("clerk_101"))
    actions.close_period(period=province.period, by=province.person("officer"))
    with nothing_changes():
        response = client_of("clerk_101").post(
            address(submission), {**page_post(submission, v_teachers="31"), "do": do}
        )
    assert response.status_code == 409
    assert "đã khóa" in response.content.decode()


# --- commands -----------------------------------------------------------------------------


class Run(NamedTuple):
    """What a command ended with and said."""

    code: int
    out: str
    err: str


@pytest.fixture
def manage(capsys, monkeypatch) -> Callable[..., Run]:
    """`manage.py` as the shell runs it, on the test's own connection."""
    monkeypatch.setattr(connections, "close_all", lambda: None)

    def run(*arguments: str) -> Run:
        code = 0
        try:
            ManagementUtility(["manage.py", *arguments]).execute()
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        said = capsys.readouterr()
        return Run(code, said.out.strip(), said.err.strip())

    return run


FIGURES, APPENDIX = ["figures", "--format=json"], ["export_appendix", "--output=file"]
REPORT = ["export_report", "--format=html", "--output=file"]
OPEN = "--period=2023"
REFUSED = [
    *(
        (command, given, sentence)
        for command in (FIGURES, APPENDIX, REPORT)
        for given, sentence in [
            (["--period=2031"], "Không có kỳ báo cáo “2031”. Các kỳ đang có: 2022, 2022..2023, 2023."),
            (["--period=2022..2031"], "Không có kỳ báo cáo “2022..2031”."),
            (["--period=2023..2022"], "Kỳ “2023..2022” viết ngược: kỳ đầu đứng trước."),
            (["--period="], "Không có kỳ báo cáo “”."),
            (["--period=2023'; --"], "Không có kỳ báo cáo “2023'; --”."),
            (["--period=" + "2" * 5000], "Không có kỳ báo cáo"),
            ([OPEN, "--unit=XX"], "Không có đơn vị mang mã “XX”."),
            ([OPEN, "--unit=dn-101"], "Không có đơn vị mang mã “dn-101”."),
            ([OPEN, "--basis=draft"], "Không có loại số liệu “draft”. Hãy dùng official hoặc provisional."),
        ]
    ),
    *(
        (command, [OPEN, given], sentence)
        for command in (APPENDIX, REPORT)
        for given, sentence in [
            ("--output=", "là một thư mục"),
            ("--output=.", "“.” là một thư mục. Hãy ghi cả tên tệp sau --output."),
            ("--output=nowhere/file", "Không có thư mục “nowhere”."),
            ("--output=taken/file", "Không có thư mục “taken”."),
            ("--output=/dev/null", "“/dev/null” không phải là tệp thường nên không ghi vào đó."),
            ("--output=" + "x" * 300, "Không ghi được"),
        ]
    ),
    (FIGURES, [OPEN, "--format=xml"], "Không có định dạng “xml”. Hãy dùng json, csv hoặc table."),
    (REPORT, [OPEN, "--format=odt"], "Không có định dạng “odt”. Hãy dùng docx, pdf hoặc html."),
    (["load_demo"], ["--schools=9"], "Tỉnh dùng thử cần ít nhất 10 trường"),
    (["load_demo"], ["--schools=-1"], "Tỉnh dùng thử cần ít nhất 10 trường"),
    (["load_demo"], ["--schools=nhiều"], "--schools cần một số nguyên, như 370; không đọc được “nhiều”."),
    (["load_demo"], ["--schools=1000000"], "Dữ liệu dùng thử nhận nhiều nhất 100.000 trường."),
    (["load_demo"], ["--seed=1,5"], "--seed cần một số nguyên"),
    (["load_demo"], [], "Cơ sở dữ liệu đã có đơn vị thật nên không nạp dữ liệu dùng thử vào đây."),
]


def as_id(part: Any) -> str:
    return " ".join(part)[:60] if isinstance(part, list) else part[:20]


@pytest.mark.parametrize(("command", "given", "sentence"), REFUSED, ids=as_id)
def test_a_command_refuses_with_one_sentence_and_writes_nothing(
    manage, province, tmp_path, monkeypatch, command, given, sentence
):
    officer = province.person("officer")
    actions.create_span(first=province.earlier, last=province.period, by=officer)
    (tmp_path / "taken").write_text("a file, not a folder")
    monkeypatch.chdir(tmp_path)
    with nothing_changes():
        ended = manage(*command, *given)
    assert (ended.code, ended.out) == (1, "")
    assert sentence in ended.err
    assert "\n" not in ended.err
    assert not TRACES.search(ended.err.removeprefix("CommandError: "))
    assert [path.name for path in Path().iterdir()] == ["taken"]
    assert Path("taken").read_text() == "a file, not a folder"


@pytest.mark.parametrize("mark", ["\x00", "\udcff"], ids=["NUL", "not UTF-8"])
@pytest.mark.parametrize("command", [FIGURES, APPENDIX, REPORT], ids=as_id)
def test_what_no_database_stores_is_no_code(province, command, mark):
    for given in (["--period=2023" + mark], [OPEN, "--unit=DN" + mark]):
        with nothing_changes(), pytest.raises(CommandError, match=r"^Không có (kỳ báo cáo|đơn vị)"):
            call_command(*command, *given, stdout=StringIO())


@pytest.mark.parametrize("command", [FIGURES, APPENDIX, REPORT, ["rebuild_totals"]], ids=as_id)
def test_before_the_first_period_a_command_says_so(manage, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    with nothing_changes():
        ended = manage(*command, *([] if command == ["rebuild_totals"] else [OPEN, "--unit=DN"]))
    if command == ["rebuild_totals"]:
        assert ended == Run(0, "Đã tính lại 0 dòng số tổng hợp của 0 kỳ.", "")
    else:
        assert (ended.code, ended.out) == (1, "")
        assert "Không có đơn vị mang mã “DN”" in ended.err
    assert list(tmp_path.iterdir()) == []


EVERY = ["figures", "export_appendix", "export_report", "load_demo", "rebuild_totals", "prune_uploads"]


@pytest.mark.parametrize("command", EVERY)
def test_an_option_that_a_command_does_not_know_stops_it(manage, province, command):
    """Not half of it is done: an upload that `prune_uploads` would forget is still there."""
    clerk = province.person("clerk_101")
    data = filled(template(Kind.UNIT, province.submission("DN-101")), {("DN-101", "teachers"): 31})
    actions.receive_workbook(data=data, file_name="phieu.xlsx", by=clerk)
    assert Upload.objects.update(uploaded_at=LONG_AGO) == 1
    for given in ("--days=0", "--all", "everything"):
        with nothing_changes():
            ended = manage(command, given)
        assert (ended.code, ended.out) == (2, "")
        assert "Traceback" not in ended.err


def test_a_file_that_was_there_outlives_a_refused_export(manage, province, tmp_path):
    path = tmp_path / "phu-luc.xlsx"
    path.write_bytes(b"last year's")
    for given in ([OPEN, "--unit=XX"], ["--period=2031"]):
        assert manage("export_appendix", *given, f"--output={path}").code == 1
    assert path.read_bytes() == b"last year's"


def test_rebuild_totals_check_lists_what_differs_and_mends_nothing(manage, province, submission):
    submitted(submission, by=province.person("clerk_101"))
    totals = apps.get_model("reporting", "Totals").objects.filter(
        indicator__code="T1", org_unit__code="DN", basis="provisional", period__code="2023"
    )
    assert totals.update(numerator=999) == 1
    with nothing_changes():
        ended = manage("rebuild_totals", "--check")
    assert ended.code == 1
    assert "999" in ended.out
    assert "1 dòng khác với kết quả tính lại. Hãy chạy `manage.py rebuild_totals`." in ended.err


@pytest.mark.parametrize("given", [[], ["--schools=12"], ["--seed=7"]], ids=as_id)
def test_a_second_load_demo_changes_nothing_and_says_so(manage, given):
    call_command("load_catalogue", stdout=StringIO())
    call_command("load_demo", "--schools=10", "--no-registers", stdout=StringIO())
    with nothing_changes():
        ended = manage("load_demo", *given)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Dữ liệu dùng thử đã được nạp từ trước; không thay đổi gì.")
