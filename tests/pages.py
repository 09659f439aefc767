"""The pages of the product, each once: what is looked at at every width and in both themes.

Add a page here with the person who reads it. `path` may use the names of `CODES`: the same list
is opened on the tests' small province (tests/look) and on the demo province (tools/screenshots.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter
from typing import Literal, NamedTuple

from django.http import QueryDict
from django.utils import timezone, translation

from collection.actions import Entry, receive_batch, receive_workbook, save_values
from collection.models import Anomaly, Batch, BatchFile, DataValue, ReportingPeriod, Submission, Upload
from collection.workbooks.layout import Kind
from dxreport.look import FAULTS
from indicators.models import DataElement, Indicator
from reporting.demo.accounts import PASSWORD as DEMO_PASSWORD
from reporting.drafts.actions import add_comment, answer_comment, begin_draft, save_section
from reporting.explorer.actions import save_view
from reporting.explorer.choices import read_choices
from reporting.models import Draft, DraftSection
from reporting.selection import read_selection
from schools.models import Membership, User
from tests.collection.background import work
from tests.hostile.packing import packed
from tests.kept import kept
from tests.province import Province, approved, build_province, new_catalogue, submitted
from tests.reporting.editions.making import asked_for, drafted, mended, sealed
from tests.workbooks import filled, template

WIDTHS = (360, 768, 1440)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


class Page(NamedTuple):
    """A page as one person sees it; `person` "" is somebody who has not signed in."""

    name: str
    path: str
    person: str


PAGES: tuple[Page, ...] = (
    Page("sign-in", "/accounts/login/", ""),
    Page("lost-password", "/accounts/password/reset/", ""),
    Page("sign-up-closed", "/accounts/signup/", ""),
    Page("guide", "/guide/", "leader"),
    Page("guide-found", "/guide/?q=tra+lai", "leader"),
    Page("guide-topic", "/guide/entering/", "clerk_101"),
    Page("guide-words", "/guide/words/", ""),
    Page("dashboard", "/", "leader"),
    Page("dashboard-district", "/units/{office}/", "officer"),
    Page("dashboard-school", "/units/{school}/?basis=provisional", "officer"),
    Page("unit-figures", "/units/{department}/figures/?basis=provisional", "leader"),
    Page("charts", "/units/{department}/charts/?basis=provisional", "leader"),
    Page("charts-school", "/units/{school}/charts/?basis=provisional", "clerk_101"),
    Page("unit-beside", "/units/{school}/beside/?basis=provisional", "clerk_101"),
    Page("unit-beside-chosen", "/units/{school}/beside/?with={office}&q=truong&basis=provisional", "leader"),
    Page("behind", "/units/{department}/indicators/{indicator}/behind/?basis=provisional", "leader"),
    Page("absent", "/units/{department}/indicators/{indicator}/missing/", "leader"),
    Page("figure", "/units/{department}/indicators/{indicator}/", "officer"),
    Page("figure-school", "/units/{school}/indicators/{indicator}/?basis=provisional", "clerk_101"),
    Page("explorer", "/explore/", "officer"),
    Page(
        "explorer-numbers",
        "/explore/?below=school&rows=indicator-period&period=2022&period=2023&show=value&show=numerator",
        "leader",
    ),
    Page("explorer-school", "/explore/?find=so", "clerk_101"),
    Page("appendix", "/appendix/", "officer"),
    Page("report", "/report/?basis=provisional", "officer"),
    Page("report-school", "/report/?unit={school}&basis=provisional", "clerk_101"),
    Page("report-template", "/report/template/", "officer"),
    Page("appendix-template", "/appendix/template/", "officer"),
    Page("appendix", "/appendix/", "leader"),
    Page("report", "/report/", "leader"),
    Page("editions", "/editions/", "leader"),
    Page("edition", "/editions/{edition}/", "leader"),
    Page("edition-today", "/editions/{edition}/compare/", "leader"),
    Page("edition-compare", "/editions/{edition}/compare/{correction}/", "auditor"),
    Page("publish", "/report/draft/{published}/publish/", "leader"),
    Page("publish-at-work", "/report/draft/{publishing}/publish/", "leader"),
    Page("draft-to-begin", "/report/draft/?period=2023&unit={office}", "officer"),
    Page("draft", "/report/draft/?period=2022&unit={office}", "officer"),
    Page("draft-section", "/report/draft/{draft}/general/", "officer"),
    Page("draft-read", "/report/draft/{draft}/general/", "auditor"),
    Page("draft-versions", "/report/draft/{draft}/general/versions/", "officer"),
    Page("lint", "/lint/", "officer"),
    Page("units", "/org-units/", "officer"),
    Page("teachers", "/teachers/", "officer"),
    Page("students", "/students/", "clerk_101"),
    Page("audit", "/audit/", "auditor"),
    Page("submissions-clerk", "/submissions/", "clerk_101"),
    Page("submissions-reviewer", "/submissions/", "reviewer_1"),
    Page("grid", "/grid/{period}/{form}/?section={section}", "reviewer_1"),
    Page("entry", "/submissions/{period}/{school}/{form}/", "clerk_101"),
    Page("check", "/submissions/{period}/{unfinished}/{form}/check/", "officer"),
    Page("receipt", "/submissions/{period}/{school}/{form}/receipt/", "clerk_101"),
    Page("review", "/submissions/{period}/{waiting}/{form}/review/", "reviewer_1"),
    Page("history", "/submissions/{period}/{waiting}/{form}/history/", "reviewer_1"),
    Page("cell-history", "/submissions/{period}/{waiting}/{form}/history/{element}/", "reviewer_1"),
    Page("anomalies", "/anomalies/", "reviewer_1"),
    Page("anomaly", "/submissions/{period}/{odd_school}/{form}/anomalies/{odd_cell}/peers/", "reviewer_1"),
    Page("reopen", "/submissions/{period}/{approved}/{form}/reopen/", "officer"),
    Page("extension", "/submissions/{period}/{school}/{form}/extension/", "officer"),
    Page("periods", "/periods/", "officer"),
    Page("matrix-offices", "/submissions/matrix/", "officer"),
    Page("matrix", "/submissions/matrix/", "reviewer_1"),
    Page("matrix-all", "/submissions/matrix/?show=units", "officer"),
    Page("workbooks", "/workbooks/", "reviewer_1"),
    Page("workbook-preview", "/workbooks/uploads/{upload}/", "reviewer_1"),
    Page("workbook-faulty", "/workbooks/uploads/{faulty}/", "reviewer_1"),
    Page("zip-checked", "/workbooks/batches/{zip}/", "reviewer_1"),
    Page("zip-at-work", "/workbooks/batches/{zip_at_work}/", "reviewer_1"),
    Page("completeness", "/completeness/", "leader"),
    Page("completeness-office", "/completeness/?under={office}", "officer"),
    Page("notices", "/notices/", "clerk_101"),
    Page("indicators", "/indicators/", "officer"),
    Page("indicator", "/indicators/{indicator}/", "officer"),
    Page("elements", "/elements/", "leader"),
    Page("element", "/elements/{element}/", "leader"),
    Page("units", "/org-units/", "officer"),
    Page("teachers", "/teachers/?has_computer=yes", "clerk_101"),
    Page("students", "/students/", "officer"),
    Page("audit", "/audit/", "officer"),
    Page("password", "/accounts/password/change/", "clerk_101"),
    Page("second-factor", "/accounts/2fa/", "clerk_101"),
    Page("sign-out", "/accounts/logout/", "clerk_101"),
)

# The style page and the pages of faults: there with DEBUG only.
LOOK_PAGES: tuple[Page, ...] = (
    Page("look", "/_look/", "officer"),
    *(Page(f"fault-{fault}", f"/_look/{fault}/", "officer") for fault in FAULTS),
)


@dataclass(frozen=True)
class Place:
    """Where the pages are opened: what `path` names, and who each person signs in as."""

    codes: dict[str, str]
    people: dict[str, str]
    password: str

    def address(self, page: Page) -> str:
        return page.path.format(**self.codes)

    def has(self, page: Page) -> bool:
        """Whether everything that the page shows is there."""
        return all(name in self.codes for _, name, _, _ in Formatter().parse(page.path) if name)


CODES = {
    "period": "2023",
    "department": "DN",
    "office": "DN-1",
    "school": "DN-101",
    "waiting": "DN-101",
    "approved": "DN-201",
    "unfinished": "DN-301",
    "form": "TRUONG",
    "section": "quy-mo",
    "element": "teachers",
    "indicator": "T1",
    "odd_school": "DN-101",
    "odd_cell": "teachers_with_computer",
    "upload": "900001",
    "faulty": "900002",
    "zip": "900001",
    "zip_at_work": "900005",
    "edition": "900001",
    "correction": "900002",
    "published": "900011",
    "publishing": "900012",
    "draft": "900001",
}


def prepare_pages() -> Province:
    """The small province with something to see on every page: one phiếu waiting, one approved."""
    return new_catalogue(kept("pages", _prepare))


def _prepare() -> Province:
    province = build_province()
    waiting = submitted(province.submission("DN-101"), by=province.person("clerk_101"), teachers=30)
    put_out_of_line(waiting)
    approved(
        province.submission("DN-201"), by=province.person("clerk_201"), reviewer=province.person("reviewer_2")
    )
    _leave_unfinished(province.submission("DN-301"), province.person("clerk_301"))
    send_workbooks(province)
    send_zips(province)
    publish_reports(province, teachers=18, computers=9)
    keep_a_table(province.person("officer"))
    write_report(province)
    return province


def keep_a_table(person: User) -> None:
    choices = read_choices(person, QueryDict("below=school&indicator=T1"))
    save_view(name="Máy tính của giáo viên, từng trường", choices=choices, by=person)


def publish_reports(province: Province, *, teachers: int, computers: int) -> None:
    """A report published and corrected, figures that changed since, and one that is being published."""
    leader = province.person("leader")
    published = drafted(province, pk=int(CODES["published"]))
    sealed(published, by=leader, pk=int(CODES["edition"]))
    published.sections.filter(key="general").update(text="Câu đầu của phần chung.\nCâu thêm vào.")
    mended(province, "DN-201", "clerk_201", teachers=teachers)
    sealed(published, by=leader, pk=int(CODES["correction"]), reason="Trường kê khai nhầm số giáo viên")
    mended(province, "DN-201", "clerk_201", teachers_with_computer=computers)
    at_work = drafted(province, unit="DN-2", by="reviewer_2", pk=int(CODES["publishing"]))
    asked_for(province, at_work)


def prepare_large_figures(language: str) -> Province:
    """The same with figures that need separators (7.661, 84,34%), its previews in the words of `language`."""
    return new_catalogue(kept(f"large figures {language}", lambda: _prepare_large(language)))


def _prepare_large(language: str) -> Province:
    province = build_province()
    figures = {"teachers": 7661, "teachers_with_computer": 6461}
    submitted(province.submission("DN-101"), by=province.person("clerk_101"), **figures)
    clerk, reviewer = province.person("clerk_201"), province.person("reviewer_2")
    approved(province.submission("DN-201"), by=clerk, reviewer=reviewer, **figures)
    put_out_of_line(province.submission("DN-101"))
    with translation.override(language):  # what a preview says is said once, to its sender
        send_workbooks(province)
        send_zips(province)
    publish_reports(province, teachers=7700, computers=6000)
    write_report(province)
    return province


def _leave_unfinished(submission: Submission, clerk: User) -> None:
    """Something missing, something broken, something to explain."""
    numbers = {"teachers": 5, "teachers_with_computer": 9, "lessons": 10, "lessons_online": 12}
    entries = [Entry(code, number=number) for code, number in numbers.items()]
    save_values(submission=submission, entries=entries, by=clerk, source="form")


def send_workbooks(province: Province) -> None:
    """A workbook with something of everything in its preview, and one with errors."""
    reviewer, row = province.person("reviewer_1"), province.submission("DN-102")
    save_values(
        submission=row, entries=[Entry("teachers", number=9)], by=reviewer, source=DataValue.Source.FORM
    )
    data = template(Kind.DISTRICT, row)
    save_values(
        submission=row, entries=[Entry("teachers", number=10)], by=reviewer, source=DataValue.Source.FORM
    )
    good = {("DN-102", "teachers"): 8, ("DN-102", "teachers_with_computer"): 12, ("DN-102", "remark"): "OK"}
    wrong = {("DN-102", "teachers"): "7,661", ("DN-102", "remark"): "OK"}
    for key, cells in (("upload", good), ("faulty", wrong)):
        sent = filled(data, cells)
        received = receive_workbook(data=sent, file_name="phieu_DN-1.xlsx", by=reviewer)
        assert received.upload is not None
        # Its address is known before it is there.
        Upload.objects.filter(pk=received.upload.pk).update(id=CODES[key])


def send_zips(province: Province) -> None:
    """A zip with something of everything in its report, and one that is still being checked."""
    reviewer, row = province.person("reviewer_1"), province.submission("DN-102")
    empty = template(Kind.UNIT, row)
    files = {
        "mam-non-so-2.xlsx": filled(empty, {("DN-102", "teachers"): 12}),
        "mam-non-so-2-sai.xlsx": filled(empty, {("DN-102", "teachers"): "ba mươi"}),
        "mam-non-so-2-trong.xlsx": empty,
        "ghi-chu.docx": b"not a workbook",
    }
    for key, checked in (("zip", len(files)), ("zip_at_work", 1)):
        batch = receive_batch(data=packed(files), file_name="phong-gddt-huyen-mot.zip", by=reviewer)
        work(most=checked)
        batch.refresh_from_db()
        made, batch.pk = batch.pk, int(CODES[key])  # its address is known before it is there
        batch.save(force_insert=True)
        BatchFile.objects.filter(batch=made).update(batch=batch)
        Batch.objects.filter(pk=made).delete()


def write_report(province: Province) -> None:
    """A draft in which two people have written, one has remarked, and something cannot be read."""
    officer, other = province.person("officer"), province.person("officer_2")
    made = begin_draft(
        unit=province.unit(CODES["office"]), selection=read_selection({"period": "2022"}), by=officer
    )
    Draft.objects.filter(pk=made.pk).update(period=province.period)
    draft = Draft(
        pk=int(CODES["draft"]),  # its address is known before it is there
        unit=made.unit,
        period=province.earlier,
        created_by=officer,
        created_at=made.created_at,
    )
    draft.save(force_insert=True)
    DraftSection.objects.filter(draft=made).update(draft=draft)
    made.delete()
    section = DraftSection.objects.get(draft=draft, key="general")
    remark = add_comment(
        section=section, text="Nên nêu rõ nguyên nhân.", quote="Sở", by=province.person("leader")
    )
    answer_comment(comment=remark, text="Đã bổ sung.", by=officer)
    text = f"{section.text}\nToàn ngành có {{T1.numerator}} giáo viên."
    save_section(section=section, text=text, version=1, by=officer)
    save_section(
        section=section, text=f"{section.text}\n[Bổ sung giải pháp.]\nCòn {{T1.", version=1, by=other
    )


def put_out_of_line(submission: Submission) -> None:
    """As if the school had peers: those that statistics take would make every page slow to prepare."""
    element = DataElement.objects.get(code=CODES["odd_cell"])
    Anomaly.objects.create(
        submission=submission,
        element=element,
        kind=Anomaly.Kind.PEERS,
        indicator=Indicator.objects.get(code=CODES["indicator"]),
        number=10,
        size=30,
        median="98.5",
        score="-4.2",
        compared=12,
        detected_at=timezone.now(),
    )


def demo_place() -> Place:
    """The pages on the demo province that the database holds, in the latest period that is open.

    Nobody has sent a workbook there, so the pages of one are left out (`Place.has`).
    """
    people = {
        "officer": "chuyenvien",
        "leader": "lanhdao",
        "administrator": "quantri",
        "auditor": "kiemtra",
        "reviewer_1": "phong.gn",
        "clerk_101": "truong",
    }
    school = Membership.objects.get(user__username=people["clerk_101"]).unit.code
    office = Membership.objects.get(user__username=people["reviewer_1"]).unit.code
    form = Submission.objects.filter(org_unit__code=school).values_list("form__code", flat=True)[0]
    reviewer = User.objects.get(username=people["reviewer_1"])
    period = ReportingPeriod.objects.filter(state=ReportingPeriod.State.OPEN).order_by("-ends_on")[0]
    in_sight = Submission.objects.visible_to(reviewer).filter(period=period, form__code=form)
    in_state = dict(in_sight.order_by("-org_unit__code").values_list("state", "org_unit__code"))
    odd = Anomaly.objects.for_list(reviewer).filter(submission__period=period)[0]
    codes = {
        "period": period.code,
        "department": CODES["department"],
        "office": office,
        "school": school,
        "waiting": in_state.get("submitted", school),
        "approved": in_state.get("approved", school),
        "unfinished": school,
        "form": form,
        "section": CODES["section"],
        "element": "staff_records",
        "indicator": "A1.1",
        "odd_school": odd.submission.org_unit.code,
        "odd_cell": odd.element.code,
    }
    return Place(codes, people, DEMO_PASSWORD)
