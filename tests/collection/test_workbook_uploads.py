"""A workbook that comes back: shown first, then saved whole or not at all."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collection import actions
from collection.actions import Entry
from collection.models import DataValue, ReportingPeriod, Submission, Upload, ValueChange, Violation
from collection.refusals import Refused
from collection.workbooks.layout import Kind
from collection.workbooks.plan import Planned
from collection.workbooks.preview import Outcome, check_workbook
from dxreport.lib.reading import WorkbookRefused
from indicators.actions import mark_changed
from indicators.models import DataElement
from schools.actions import NewUnit, create_units
from schools.models import AuditEvent
from tests.collection.conftest import address
from tests.province import SINCE, approved, submitted
from tests.workbooks import cell_at, changed, filled, opened, template, upload


def save(submission, by, **numbers):
    entries = [Entry(code, number=number) for code, number in numbers.items()]
    actions.save_values(submission=submission, entries=entries, by=by, source="form")


def number(unit: str, code: str) -> int | None:
    return DataValue.objects.get(org_unit__code=unit, element__code=code, period__code="2023").number


@pytest.fixture
def clerk(province):
    return province.person("clerk_101")


@pytest.fixture
def submission(province):
    return province.submission("DN-101")


@pytest.fixture
def unit_book(submission) -> bytes:
    return template(Kind.UNIT, submission)


def schools(province) -> list[Submission]:
    return [row for row in province.submissions() if row.form.code == "TRUONG"]


def waiting(data: bytes, by) -> Upload:
    received = actions.receive_workbook(data=data, file_name="phieu.xlsx", by=by)
    assert received.upload is not None
    return received.upload


# --- what it would change ------------------------------------------------------------------


def test_a_workbook_filled_in_and_sent_back_gives_its_values(province, client_of, unit_book, submission):
    data = filled(
        unit_book,
        {
            ("DN-101", "teachers"): 7661,
            ("DN-101", "lessons"): "1.200",
            ("DN-101", "online_plan"): "Có",
            ("DN-101", "platforms"): "Azota; Zoom",
            ("DN-101", "remark"): "ổn định",
        },
    )
    client = client_of("clerk_101")
    answer = upload(client, data)
    assert answer.status_code == 302
    assert not DataValue.objects.exists()  # a preview saves nothing
    page = client.get(answer["Location"])
    assert "7.661" in page.content.decode()
    assert client.post(answer["Location"], {"do": "confirm"}).status_code == 302
    assert number("DN-101", "teachers") == 7661
    assert number("DN-101", "lessons") == 1200
    assert number("DN-101", "online_plan") == 1
    assert DataValue.objects.get(element__code="platforms").choices == ["azota", "zoom"]
    assert set(ValueChange.objects.values_list("source", flat=True)) == {"workbook"}


def test_each_cell_is_new_changed_unchanged_in_conflict_or_wrong(province, clerk, submission):
    save(submission, clerk, teachers=30, lessons=100, lessons_online=5)
    data = template(Kind.UNIT, submission)
    save(submission, clerk, lessons=120)  # somebody saves on the page meanwhile
    data = filled(
        data,
        {
            ("DN-101", "teachers"): 31,
            ("DN-101", "lessons"): 130,
            ("DN-101", "computers_primary"): 9,
            ("DN-101", "teachers_with_computer"): "nhiều",
        },
    )
    checked = check_workbook(data, by=clerk)
    assert {cell.element.code: cell.outcome for cell in checked.cells} == {
        "teachers": Outcome.CHANGED,
        "teachers_with_computer": Outcome.ERROR,
        "computers_primary": Outcome.NEW,
        "lessons": Outcome.CONFLICT,
        "lessons_online": Outcome.UNCHANGED,
    }


def test_a_cell_that_only_somebody_else_changed_stays_theirs(clerk, submission):
    save(submission, clerk, teachers=30)
    actions.save_values(
        submission=submission,
        entries=[Entry("lessons", number=5, explanation="lớp mới")],
        by=clerk,
        source="form",
    )
    data = filled(template(Kind.UNIT, submission), {("DN-101", "teachers"): 31})
    actions.save_values(
        submission=submission,
        entries=[Entry("lessons", number=7, explanation="thêm lớp")],
        by=clerk,
        source="form",
    )
    actions.confirm_upload(upload=waiting(data, clerk), by=clerk)
    assert (number("DN-101", "teachers"), number("DN-101", "lessons")) == (31, 7)
    assert DataValue.objects.get(element__code="lessons").explanation == "thêm lớp"


def test_an_empty_cell_leaves_what_is_stored_and_a_word_clears_it(clerk, submission):
    save(submission, clerk, teachers=30, lessons=100)
    data = filled(
        template(Kind.UNIT, submission), {("DN-101", "teachers"): None, ("DN-101", "lessons"): "Xóa"}
    )
    actions.confirm_upload(upload=waiting(data, clerk), by=clerk)
    assert number("DN-101", "teachers") == 30
    assert DataValue.objects.get(element__code="lessons").state == "empty"


def test_an_explanation_alone_is_a_change_and_stays_when_its_cell_is_left_empty(clerk, submission):
    save(submission, clerk, teachers=30)
    data = filled(template(Kind.UNIT, submission), {("DN-101", "teachers"): "tuyển thêm"}, "#explanation")
    actions.confirm_upload(upload=waiting(data, clerk), by=clerk)
    assert DataValue.objects.get().explanation == "tuyển thêm"
    again = filled(template(Kind.UNIT, submission), {("DN-101", "teachers"): 31})
    again = filled(again, {("DN-101", "teachers"): None}, "#explanation")
    actions.confirm_upload(upload=waiting(again, clerk), by=clerk)
    assert (number("DN-101", "teachers"), DataValue.objects.get().explanation) == (31, "tuyển thêm")
    last = filled(template(Kind.UNIT, submission), {("DN-101", "teachers"): "Xóa"}, "#explanation")
    actions.confirm_upload(upload=waiting(last, clerk), by=clerk)
    assert DataValue.objects.get().explanation == ""


def test_a_reason_goes_with_a_missing_figure_only(clerk, submission, unit_book):
    def outcome(**marks):
        data = unit_book
        for mark, text in marks.items():
            data = filled(data, {("DN-101", "teachers"): text}, f"#{mark}")
        [cell] = check_workbook(data, by=clerk).cells
        return cell.sentence or cell.new.reason

    assert outcome(gap="Không có số liệu", reason="chưa đếm") == "chưa đếm"
    assert "Hãy ghi lý do" in outcome(gap="Không có số liệu")
    assert "chưa chọn vì sao để trống" in outcome(reason="chưa đếm")
    assert "vừa có nội dung vừa được đánh dấu" in outcome(value=3, gap="Không áp dụng")


def test_the_preview_tells_what_would_keep_the_submission_from_being_handed_in(
    client_of, unit_book, submission
):
    data = filled(unit_book, {("DN-101", "teachers"): 5, ("DN-101", "teachers_with_computer"): 9})
    client = client_of("clerk_101")
    page = client.get(upload(client, data)["Location"]).content.decode()
    assert "Phần không được lớn hơn tổng (9 so với 5)" in page
    assert not Violation.objects.exists()


def test_the_preview_judges_as_the_form_does(province, clerk, submission):
    """The wrong and the right cell of the form's own tests, through the file."""
    numbers = {"teachers": 5, "teachers_with_computer": 9, "lessons": 4, "lessons_online": 8}
    data = filled(
        template(Kind.UNIT, submission), {("DN-101", code): count for code, count in numbers.items()}
    )
    judgement = check_workbook(data, by=clerk).judgements["DN-101"]
    save(submission, clerk, **numbers)
    stored = set(Violation.objects.values_list("rule__code", flat=True))
    assert {finding.rule.code for finding in judgement.findings} == stored == {"R-01", "R-02"}


# --- saved whole or not at all -------------------------------------------------------------


def test_a_conflict_keeps_the_stored_figure_unless_the_files_is_chosen(
    province, client_of, clerk, submission
):
    save(submission, clerk, teachers=30, lessons=100)
    data = filled(template(Kind.UNIT, submission), {("DN-101", "teachers"): 31, ("DN-101", "lessons"): 130})
    save(submission, province.person("clerk_101b"), teachers=40, lessons=140)
    client = client_of("clerk_101")
    location = upload(client, data)["Location"]
    page = client.get(location).content.decode()
    assert "2 ô đã được sửa sau khi bạn tải tệp mẫu" in page
    assert "clerk_101b" in page
    client.post(location, {"do": "confirm", "take": ["DN-101/lessons"]})
    assert (number("DN-101", "teachers"), number("DN-101", "lessons")) == (40, 130)


def test_what_was_saved_after_the_preview_is_shown_before_anything_is_saved(
    client_of, clerk, submission, unit_book
):
    data = filled(unit_book, {("DN-101", "teachers"): 31, ("DN-101", "lessons"): 9})
    client = client_of("clerk_101")
    location = upload(client, data)["Location"]
    save(submission, clerk, teachers=40)
    answer = client.post(location, {"do": "confirm"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "vừa được người khác sửa sau khi bạn xem trước" in page
    assert "1 ô đã được sửa sau khi bạn tải tệp mẫu" in page
    assert not DataValue.objects.filter(element__code="lessons").exists()
    assert client.post(location, {"do": "confirm", "take": ["DN-101/teachers"]}).status_code == 302
    assert (number("DN-101", "teachers"), number("DN-101", "lessons")) == (31, 9)


def test_without_the_versions_of_the_preview_a_save_in_between_is_lost(
    monkeypatch, clerk, submission, unit_book
):
    """The guard switched off: the same as above, and nobody is told."""
    upload_ = waiting(filled(unit_book, {("DN-101", "teachers"): 31}), clerk)
    save(submission, clerk, teachers=40)
    monkeypatch.setattr(Planned, "entry", lambda cell: Entry(cell.code, number=cell.content["number"]))
    actions.confirm_upload(upload=upload_, by=clerk)
    assert number("DN-101", "teachers") == 31


def test_a_file_with_one_wrong_cell_saves_nothing(client_of, unit_book):
    data = filled(unit_book, {("DN-101", "teachers"): 31, ("DN-101", "lessons"): "1.234,5"})
    client = client_of("clerk_101")
    answer = upload(client, data)
    assert answer.status_code == 422
    at = cell_at(opened(data), "DN-101", "lessons").coordinate
    page = answer.content.decode()
    assert f"<td>{at}</td>" in page
    assert "không nhận số thập phân" in page
    found = Upload.objects.get()
    assert found.state == Upload.State.FAULTY
    assert client.post(f"/workbooks/uploads/{found.pk}/", {"do": "confirm"}).status_code == 409
    assert not DataValue.objects.exists()


def test_a_save_that_fails_half_way_leaves_nothing_and_the_upload_waits(monkeypatch, clerk, unit_book):
    found = waiting(filled(unit_book, {("DN-101", "teachers"): 31}), clerk)

    def fail(*args, **options):
        raise RuntimeError("the process is killed here")

    monkeypatch.setattr("collection.actions.uploads._record", fail)
    with pytest.raises(RuntimeError):
        actions.confirm_upload(upload=found, by=clerk)
    assert not DataValue.objects.exists()
    assert Upload.objects.get().state == Upload.State.READY


def test_confirming_twice_saves_once(client_of, clerk, unit_book):
    found = waiting(filled(unit_book, {("DN-101", "teachers"): 31}), clerk)
    client = client_of("clerk_101")
    location = f"/workbooks/uploads/{found.pk}/"
    assert client.post(location, {"do": "confirm"}).status_code == 302
    answer = client.post(location, {"do": "confirm"})
    assert answer.status_code == 409
    assert "đã được lưu trước đó" in answer.content.decode()
    assert ValueChange.objects.count() == 1


def test_the_same_file_again_changes_nothing_and_says_so(client_of, clerk, unit_book):
    data = filled(unit_book, {("DN-101", "teachers"): 31})
    client = client_of("clerk_101")
    client.post(upload(client, data)["Location"], {"do": "confirm"})
    answer = upload(client, data)
    assert answer["Location"] == "/workbooks/"
    assert "Chính tệp này đã được lưu lúc" in client.get("/workbooks/").content.decode()
    assert (Upload.objects.count(), ValueChange.objects.count()) == (1, 1)


def test_a_file_that_changes_nothing_is_not_kept(client_of, submission, clerk):
    save(submission, clerk, teachers=30)
    client = client_of("clerk_101")
    assert upload(client, template(Kind.UNIT, submission))["Location"] == "/workbooks/"
    assert "không thay đổi gì" in client.get("/workbooks/").content.decode()
    assert not Upload.objects.exists()


def test_every_figure_can_be_traced_to_its_file_and_person(client_of, clerk, unit_book):
    data = filled(unit_book, {("DN-101", "teachers"): 31})
    found = waiting(data, clerk)
    actions.confirm_upload(upload=found, by=clerk)
    change = ValueChange.objects.get()
    assert (change.source, change.changed_by) == ("workbook", clerk)
    event = AuditEvent.objects.get(action="submission.save")
    assert event.detail["upload"] == found.pk
    assert event.detail["sha256"] == Upload.objects.get().sha256
    answer = client_of("clerk_101").get(f"/workbooks/uploads/{found.pk}/file.xlsx")
    assert answer.content == data


# --- what is refused as a whole ------------------------------------------------------------


def refused(data: bytes, by) -> str:
    with pytest.raises((WorkbookRefused, Refused, PermissionDenied)) as error:
        actions.receive_workbook(data=data, file_name="x.xlsx", by=by)
    assert not Upload.objects.exists()
    return str(error.value)


def test_another_schools_workbook_reads_as_one_that_does_not_exist(province, client_of, unit_book):
    data = filled(unit_book, {("DN-101", "teachers"): 3})

    def claim(book, code):
        sheet = book["dxreport"]
        sheet.cell(sheet.max_row, 2).value = code

    strangers = [data, changed(data, lambda book: claim(book, "DN-999"))]
    told = {refused(one, province.person("clerk_102")) for one in strangers}
    assert len(told) == 1
    assert "không có trong phạm vi của bạn" in told.pop()
    answer = upload(client_of("clerk_102"), data)
    assert answer.status_code == 422


def test_a_row_of_a_school_out_of_scope_reads_as_one_that_does_not_exist(province):
    def add(book):
        sheet = book["Phần quy-mo"]
        for row, code in enumerate(("DN-201", "DN-999"), start=8):
            sheet.cell(row, 1).value, sheet.cell(row, 3).value = code, 5

    mine = [row for row in schools(province) if row.org_unit.code in ("DN-101", "DN-102")]
    checked = check_workbook(changed(template(Kind.DISTRICT, *mine), add), by=province.person("reviewer_1"))
    sentences = [fault.sentence.replace("DN-201", "X").replace("DN-999", "X") for fault in checked.errors]
    assert len(sentences) == 2
    assert len(set(sentences)) == 1
    assert [fault.place.cell for fault in checked.errors] == ["A8", "A9"]


def test_a_template_of_another_version_of_the_form_is_refused(clerk, unit_book):
    DataElement.objects.filter(code="remark").update(type="count")
    mark_changed()
    assert "phiên bản cũ của biểu mẫu" in refused(filled(unit_book, {("DN-101", "teachers"): 3}), clerk)


def test_a_workbook_of_a_closed_period_is_refused(province, client_of, clerk, unit_book):
    data = filled(unit_book, {("DN-101", "teachers"): 3})
    actions.close_period(period=province.period, by=province.person("officer"))
    assert "Kỳ 2023 đã khóa" in refused(data, clerk)
    assert upload(client_of("clerk_101"), data).status_code == 409


def test_a_workbook_of_a_submission_that_waits_for_review_is_refused(clerk, submission, unit_book):
    submitted(submission, by=clerk)
    assert "đang chờ duyệt" in refused(filled(unit_book, {("DN-101", "teachers"): 3}), clerk)


def test_who_may_only_read_may_not_send(province, client_of, unit_book):
    data = filled(unit_book, {("DN-101", "teachers"): 3})
    assert "không được nhập hay nộp phiếu" in refused(data, province.person("auditor"))
    for name in ("auditor", "leader"):
        assert upload(client_of(name), data).status_code == 403
        assert client_of(name).get("/workbooks/").status_code == 403


def test_changed_rows_of_locked_schools_are_wrong_and_untouched_ones_are_not(province):
    officer = province.person("officer")
    approved(
        province.submission("DN-201"),
        by=province.person("clerk_201"),
        reviewer=province.person("reviewer_2"),
        teachers=12,
    )
    data = template(Kind.DISTRICT, *schools(province))
    checked = check_workbook(filled(data, {("DN-101", "teachers"): 9}), by=officer)
    assert checked.errors == []
    checked = check_workbook(filled(data, {("DN-201", "teachers"): 13}), by=officer)
    [fault] = checked.errors
    assert "đã được duyệt nên không sửa được" in fault.sentence


def test_cells_that_a_return_left_accepted_stay_as_they_are(province, clerk, submission):
    submitted(submission, by=clerk)
    actions.return_cells(submission=submission, reasons={"teachers": "sai"}, by=province.person("reviewer_1"))
    data = template(Kind.UNIT, submission)
    both = filled(data, {("DN-101", "teachers"): 25, ("DN-101", "lessons"): 21})
    [fault] = check_workbook(both, by=clerk).errors
    assert "không bị trả lại" in fault.sentence
    actions.confirm_upload(upload=waiting(filled(data, {("DN-101", "teachers"): 25}), clerk), by=clerk)
    assert number("DN-101", "teachers") == 25


def test_figures_for_what_a_school_is_not_asked_are_wrong(province):
    data = filled(template(Kind.DISTRICT, *schools(province)), {("DN-102", "computers_primary"): 4})
    [fault] = check_workbook(data, by=province.person("officer")).errors
    assert "không hỏi chỉ tiêu" in fault.sentence


@pytest.mark.parametrize("body", [{}, {"file": "text"}])
def test_a_post_without_a_file_says_what_to_do(client_of, body):
    answer = client_of("clerk_101").post("/workbooks/", body)
    assert answer.status_code == 422
    assert "Hãy chọn một tệp .xlsx" in answer.content.decode()


def test_a_file_that_is_no_workbook_is_refused_and_not_kept(client_of):
    answer = upload(client_of("clerk_101"), b"a,b\n1,2\n", "so-lieu.csv")
    assert answer.status_code == 422
    assert "không phải tệp Excel" in answer.content.decode()
    assert not Upload.objects.exists()


# --- many schools --------------------------------------------------------------------------


def test_a_district_workbook_saves_all_its_schools_at_once(province):
    reviewer = province.person("reviewer_1")
    mine = [row for row in schools(province) if row.org_unit.code in ("DN-101", "DN-102")]
    data = filled(
        template(Kind.DISTRICT, *mine),
        {
            ("DN-101", "teachers"): 20,
            ("DN-102", "teachers"): 15,
            ("DN-101", "lessons"): "Không có số liệu: chưa thống kê",
        },
    )
    results = actions.confirm_upload(upload=waiting(data, reviewer), by=reviewer)
    assert sum(len(result.changed) for result in results) == 3
    assert (number("DN-101", "teachers"), number("DN-102", "teachers")) == (20, 15)
    assert DataValue.objects.get(element__code="lessons").reason == "chưa thống kê"
    assert {value.updated_by for value in DataValue.objects.all()} == {reviewer}


def test_more_schools_cost_no_more_statements(province, client_of):
    officer = province.person("officer")
    client = client_of("officer")

    def statements(of: int) -> list[int]:
        rows = schools(province)
        data = filled(
            template(Kind.DISTRICT, *rows),
            {(row.org_unit.code, "teachers"): of + place for place, row in enumerate(rows)},
        )
        counts = []
        with CaptureQueriesContext(connection) as captured:
            location = upload(client, data)["Location"]
        counts.append(len(captured))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(location).status_code == 200
        counts.append(len(captured))
        with CaptureQueriesContext(connection) as captured:
            assert client.post(location, {"do": "confirm"}).status_code == 302
        counts.append(len(captured))
        return counts

    statements(50)  # the catalogue is read once and kept
    few = statements(100)
    units = [
        NewUnit(f"DN-8{place:03}", f"Trường {place}", "school", SINCE, parent="DN-2", levels=["primary"])
        for place in range(20)
    ]
    like = province.submission("DN-101")
    Submission.objects.bulk_create(
        Submission(period=like.period, org_unit=unit, form=like.form, traits=like.traits, due_on=like.due_on)
        for unit in create_units(rows=units, by=officer)
    )
    many = statements(300)
    assert many == few


# --- the file back, with its errors --------------------------------------------------------


def test_the_faulty_file_comes_back_as_typed_with_its_wrong_cells_in_red(client_of, unit_book):
    def note(book):
        book["Phiếu"]["K3"] = "ghi chú riêng"
        book.create_sheet("Nháp")["A1"] = "=1+1"
        book["Nháp"]["A1"].data_type = "s"

    data = changed(filled(unit_book, {("DN-101", "teachers"): 31, ("DN-101", "lessons"): "ba mươi"}), note)
    client = client_of("clerk_101")
    upload(client, data)
    found = Upload.objects.get()
    book = opened(client.get(f"/workbooks/uploads/{found.pk}/marked.xlsx").content)
    wrong = cell_at(book, "DN-101", "lessons")
    assert wrong.value == "ba mươi"
    assert wrong.fill.fgColor.rgb == "FFFFC7CE"
    assert wrong.comment is not None
    assert "chỉ nhận chữ số" in wrong.comment.text
    right = cell_at(book, "DN-101", "teachers")
    assert (right.value, right.comment) == (31, None)
    assert right.fill.fgColor.rgb != "FFFFC7CE"
    assert not right.protection.locked
    assert book["Phiếu"]["K3"].value == "ghi chú riêng"
    assert (book["Nháp"]["A1"].value, book["Nháp"]["A1"].data_type) == ("=1+1", "s")
    listed = book.worksheets[0]
    assert (listed.title, listed["A2"].value, listed["B2"].value) == (
        "Lỗi cần sửa",
        "Phiếu",
        wrong.coordinate,
    )


def test_the_marked_file_is_mended_and_sent_again(client_of, unit_book):
    client = client_of("clerk_101")
    upload(client, filled(unit_book, {("DN-101", "lessons"): "ba mươi"}))
    marked = client.get(f"/workbooks/uploads/{Upload.objects.get().pk}/marked.xlsx").content
    answer = upload(client, filled(marked, {("DN-101", "lessons"): 30}))
    assert client.post(answer["Location"], {"do": "confirm"}).status_code == 302
    assert number("DN-101", "lessons") == 30


# --- whose it is, and how long -------------------------------------------------------------


def test_an_upload_is_its_senders_alone(client_of, clerk, unit_book):
    found = waiting(filled(unit_book, {("DN-101", "teachers"): 31}), clerk)
    for name in ("clerk_101b", "reviewer_1", "officer"):
        client = client_of(name)
        for page in ("", "file.xlsx", "marked.xlsx"):
            assert client.get(f"/workbooks/uploads/{found.pk}/{page}").status_code == 404
        assert client.post(f"/workbooks/uploads/{found.pk}/", {"do": "confirm"}).status_code == 404
    assert client_of("clerk_101").get("/workbooks/uploads/999999999999999999/").status_code == 404
    assert not DataValue.objects.exists()


def test_an_upload_given_up_is_gone(client_of, clerk, unit_book):
    found = waiting(filled(unit_book, {("DN-101", "teachers"): 31}), clerk)
    client = client_of("clerk_101")
    assert client.post(f"/workbooks/uploads/{found.pk}/", {"do": "discard"})["Location"] == "/workbooks/"
    assert client.get(f"/workbooks/uploads/{found.pk}/").status_code == 404


def test_files_are_kept_as_long_as_they_are_needed(capsys, clerk, unit_book):
    kept = waiting(filled(unit_book, {("DN-101", "teachers"): 31}), clerk)
    actions.confirm_upload(upload=kept, by=clerk)
    waits = waiting(filled(unit_book, {("DN-101", "lessons"): 31}), clerk)
    call_command("prune_uploads")
    assert Upload.objects.filter(data__isnull=False).count() == 2
    long_ago = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    Upload.objects.filter(pk=kept.pk).update(uploaded_at=long_ago, confirmed_at=long_ago)
    Upload.objects.filter(pk=waits.pk).update(uploaded_at=long_ago)
    call_command("prune_uploads")
    assert "Đã xóa 1 tệp chưa xác nhận, bỏ nội dung 1 tệp đã lưu." in capsys.readouterr().out
    [left] = Upload.objects.all()
    assert (left.pk, left.data, len(left.sha256)) == (kept.pk, None, 64)


def test_the_page_of_uploads_offers_the_templates_of_open_periods(province, client_of):
    page = client_of("clerk_101").get("/workbooks/").content.decode()
    assert address(province.submission("DN-101"), "workbook.xlsx") in page
    page = client_of("reviewer_1").get("/workbooks/").content.decode()
    assert "/workbooks/2023/TRUONG.xlsx" in page
    ReportingPeriod.objects.update(state="closed")
    assert "Không có kỳ nào đang mở" in client_of("clerk_101").get("/workbooks/").content.decode()
