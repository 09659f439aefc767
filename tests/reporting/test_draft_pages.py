"""The pages of a draft: what they show, what posting does, how many statements they cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting.drafts import actions
from reporting.models import Draft, SectionComment, SectionVersion
from schools.actions import NewUnit, create_units
from tests.province import SINCE, Province, approved, build_province
from tests.reporting.drafting import TEXT, begun, section_of

ADDRESS = "/report/draft/?period=2023&unit=DN"


@pytest.fixture
def province(db: None) -> Province:
    return build_province()


@pytest.fixture
def draft(province: Province) -> Draft:
    return begun(province)


@pytest.fixture
def client_of(province: Province) -> Callable[[str], Client]:
    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(province.person(name))
        return client

    return sign_in


def page_of(draft: Draft, page: str = "draft_section") -> str:
    return reverse(f"reporting:{page}", args=[draft.pk, "general"])


def text_of(answer: Any) -> str:
    return answer.content.decode()


def post_json(client: Client, address: str, body: dict[str, Any], **headers: str) -> Any:
    return client.post(address, body, content_type="application/json", headers=headers)


def test_who_writes_reports_begins_the_draft_from_its_page(province, client_of):
    officer = client_of("officer")
    assert "Lập bản thảo" in text_of(officer.get(ADDRESS))
    assert "Lập bản thảo" not in text_of(client_of("leader").get(ADDRESS))
    answer = officer.post("/report/draft/begin/", {"unit": "DN", "period": "2023"}, follow=True)
    draft = Draft.objects.get()
    assert (draft.unit.code, draft.period.code, draft.created_by) == (
        "DN",
        "2023",
        province.person("officer"),
    )
    page = text_of(answer)
    assert "Đã lập bản thảo" in page
    for one in draft.sections.all():
        assert page_of(draft).replace("general", one.key) in page
    again = officer.post("/report/draft/begin/", {"unit": "DN", "period": "2023"}, follow=True)
    assert "đã được lập" in text_of(again)


def test_a_period_that_is_not_there_begins_nothing(province, client_of):
    answer = client_of("officer").post("/report/draft/begin/", {"unit": "DN", "period": "1900"}, follow=True)
    assert "Không có kỳ báo cáo" in text_of(answer)
    assert not Draft.objects.exists()


def test_the_overview_says_what_is_left_to_do(province, client_of):
    draft = begun(province, texts={"general": "[Bổ sung.]\nMột câu.\n[Bổ sung nữa.]", "closing": ""})
    actions.add_comment(section=section_of(draft), text="Vì sao?", by=province.person("leader"))
    page = text_of(client_of("officer").get(ADDRESS))
    for words in ("2 chỗ cần bổ sung", "Còn trống", "1 ý kiến chưa xong"):
        assert words in page


def test_without_its_script_the_page_saves_and_shows_how_the_text_will_read(province, draft, client_of):
    officer, version = client_of("officer"), section_of(draft).version
    shown = officer.post(page_of(draft), {"text": "Câu mới.", "version": version, "do": "preview"})
    assert ">Câu mới.</p>" in text_of(shown)
    assert section_of(draft).text == TEXT
    saved = officer.post(page_of(draft), {"text": "Câu mới.", "version": version}, follow=True)
    assert "Đã lưu." in text_of(saved)
    assert section_of(draft).text == "Câu mới."


def test_without_its_script_a_conflict_shows_both_texts_and_loses_neither(province, draft, client_of):
    seen = section_of(draft).version
    first, second = TEXT.replace("đủ", "chưa đủ"), TEXT.replace("đủ", "gần đủ")
    client_of("officer").post(page_of(draft), {"text": first, "version": seen})
    answer = client_of("officer_2").post(page_of(draft), {"text": second, "version": seen})
    assert answer.status_code == 409
    page = text_of(answer)
    assert "officer đã lưu lúc" in page
    assert "chưa đủ" in answer.context["text"]
    assert "gần đủ" in answer.context["text"]
    assert section_of(draft).text == first
    kept = {"text": answer.context["text"], "version": answer.context["version"]}
    assert client_of("officer_2").post(page_of(draft), kept).status_code == 302


def test_what_is_typed_is_saved_merged_or_told(province, draft, client_of):
    seen = section_of(draft).version
    save = page_of(draft, "draft_save")
    first = post_json(
        client_of("officer"), save, {"text": TEXT.replace("năm.", "năm 2023."), "version": seen}
    ).json()
    assert (first["state"], first["base"]) == ("saved", first["version"])
    other = client_of("officer_2")
    merged = post_json(other, save, {"text": TEXT.replace("thiếu", "còn thiếu"), "version": seen}).json()
    assert (merged["state"], merged["others"], merged["mine"]) == ("merged", "officer", True)
    assert "<ins>" in merged["changes"]
    told = post_json(other, save, {"text": TEXT.replace("năm.", "năm nay."), "version": seen}).json()
    assert (told["state"], told["theirs"]) == ("conflict", section_of(draft).text)
    only_looked = post_json(client_of("officer"), save, {"text": TEXT, "version": seen}).json()
    assert (only_looked["state"], only_looked["mine"]) == ("merged", False)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": 1, "version": 1},
        {"text": "a", "version": "1"},
        {"text": "a", "version": True},
        {"text": "a"},
    ],
)
def test_what_is_not_a_text_with_its_version_is_not_taken(province, draft, client_of, body):
    answer = post_json(client_of("officer"), page_of(draft, "draft_save"), body)
    assert answer.status_code == 400
    assert "tải lại trang" in answer.json()["message"]


def test_refusals_of_the_script_are_sentences(province, draft, client_of):
    address, body = page_of(draft, "draft_save"), {"text": "a", "version": section_of(draft).version}
    assert post_json(Client(), address, body).status_code == 401
    assert post_json(client_of("officer"), address, body, **{"X-Typed-By": "0"}).status_code == 401
    refused = post_json(client_of("leader"), address, body)
    assert (refused.status_code, "phân công" in refused.json()["message"]) == (403, True)
    assert post_json(client_of("reviewer_1"), address, body).status_code == 404
    too_long = post_json(client_of("officer"), address, {**body, "text": "a" * 60_001})
    assert (too_long.status_code, "rút ngắn" in too_long.json()["message"]) == (409, True)
    assert section_of(draft).text == TEXT


def test_the_preview_follows_and_names_what_cannot_be_read(province, draft, client_of):
    approved(
        province.submission("DN-201"), by=province.person("clerk_201"), reviewer=province.person("officer")
    )
    officer, address = client_of("officer"), page_of(draft, "draft_preview")
    good = post_json(officer, address, {"text": "Đạt {T1.value} & <b>."}).json()
    assert 'href="/units/DN/indicators/T1/' in good["preview"]
    assert "&amp; &lt;b&gt;." in good["preview"]
    bad = post_json(officer, address, {"text": "Đạt {T1."}).json()
    assert "Chưa xem trước được" in bad["preview"]
    [finding] = [one for one in bad["findings"] if one["severity"] == "error"]
    assert finding["words"] in "Đạt {T1."


def test_the_picker_offers_every_figure_with_its_present_text(province, draft, client_of):
    approved(
        province.submission("DN-201"), by=province.person("clerk_201"), reviewer=province.person("officer")
    )
    groups = client_of("officer").get(page_of(draft, "draft_insertions")).json()["groups"]
    by_code = {group["code"]: group for group in groups}
    texts = {item["token"]: item["text"] for item in by_code["T1"]["items"]}
    assert texts["{T1.value}"] == "50%"
    assert by_code["T1"]["search"] == by_code["T1"]["search"].encode("ascii", "ignore").decode()
    # Whatever is offered can be read where it is put.
    every = "\n".join(item["token"] for group in groups for item in group["items"])
    answer = post_json(client_of("officer"), page_of(draft, "draft_preview"), {"text": every}).json()
    assert [one for one in answer["findings"] if one["rule"] == "markup"] == []
    assert "Chưa xem trước được" not in answer["preview"]


def test_versions_show_what_changed_and_are_taken_again(province, draft, client_of):
    officer = client_of("officer")
    before = section_of(draft).version
    officer.post(page_of(draft), {"text": TEXT.replace("đủ", "gần đủ"), "version": before})
    SectionVersion.objects.filter(number=before).update(written_at="2020-01-01T00:00:00Z")
    page = text_of(officer.get(page_of(draft, "draft_versions")))
    assert "<ins> gần</ins>" in page
    assert officer.get(page_of(draft, "draft_versions") + "?number=99").status_code == 404
    answer = officer.post(page_of(draft, "draft_versions"), {"do": "restore", "number": before}, follow=True)
    assert "Đã lấy lại phiên bản" in text_of(answer)
    assert section_of(draft).text == TEXT
    officer.post(page_of(draft, "draft_versions"), {"do": "reset"})
    assert section_of(draft).text == SectionVersion.objects.get(section=section_of(draft), number=1).text
    assert client_of("leader").post(page_of(draft, "draft_versions"), {"do": "reset"}).status_code == 403


def test_saves_of_one_person_in_one_go_are_one_line(province, draft, client_of):
    for number in range(3):
        client_of("officer").post(
            page_of(draft), {"text": f"{TEXT} {number}", "version": section_of(draft).version}
        )
    client_of("officer_2").post(
        page_of(draft), {"text": f"{TEXT} Hết.", "version": section_of(draft).version}
    )
    sittings = client_of("officer").get(page_of(draft, "draft_versions")).context["sittings"]
    assert [(one.author, one.first, one.number, one.before) for one in sittings] == [
        ("officer_2", 6, 6, 5),
        ("officer", 2, 5, 1),
        ("officer", 1, 1, None),
    ]


def test_a_remark_is_made_answered_and_settled_on_the_page(province, draft, client_of):
    leader, address = client_of("leader"), page_of(draft, "draft_remarks")
    leader.post(address, {"text": "Vì sao thiếu?", "quote": "thiếu máy tính"})
    remark = SectionComment.objects.get()
    client_of("officer").post(address, {"remark": remark.pk, "text": "Theo biên bản."})
    page = text_of(leader.get(page_of(draft)))
    for words in ("<blockquote>thiếu máy tính</blockquote>", "Vì sao thiếu?", "Theo biên bản."):
        assert words in page
    leader.post(address, {"remark": remark.pk, "do": "settle"})
    assert "leader đánh dấu xong" in text_of(leader.get(page_of(draft)))
    assert leader.post(address, {"remark": "9999", "do": "settle"}).status_code == 404
    assert "Ý kiến còn trống" in text_of(leader.post(address, {"text": " "}, follow=True))
    assert client_of("auditor").post(address, {"text": "Tôi cũng nghĩ vậy."}).status_code == 403


def test_authors_are_named_on_the_page(province, draft, client_of):
    clerk = province.person("clerk_dn")
    client_of("officer").post(page_of(draft, "draft_authors"), {"author": [clerk.pk]})
    assert list(section_of(draft).authors.all()) == [clerk]
    assert "data-readonly" not in text_of(client_of("clerk_dn").get(page_of(draft)))
    assert "data-readonly" in text_of(client_of("auditor").get(page_of(draft)))
    stranger = province.person("clerk_101")
    answer = client_of("officer").post(
        page_of(draft, "draft_authors"), {"author": [stranger.pk]}, follow=True
    )
    assert "không xem được số liệu" in text_of(answer)


def test_the_report_reads_as_drafted_and_says_so(province, draft, client_of):
    saved = {"text": "Một câu của người viết.", "version": section_of(draft).version}
    client_of("officer").post(page_of(draft), saved)
    for address in ("/report/?period=2023&unit=DN", "/report.html?period=2023&unit=DN"):
        page = text_of(client_of("officer").get(address))
        assert "Một câu của người viết." in page
        assert "(Bản thảo)" in page
    for address in ("/report/?period=2022&unit=DN", "/report/?period=2023&unit=DN-1"):
        page = text_of(client_of("officer").get(address))
        assert "Một câu của người viết." not in page
        assert "(Bản thảo)" not in page


# --- what it costs ---------------------------------------------------------------------------


def statements(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def many_of_everything(province: Province, draft: Draft) -> None:
    people = [province.person(name) for name in ("officer", "officer_2", "leader", "clerk_dn")]
    for section in draft.sections.all():
        actions.assign_authors(section=section, authors=people, by=people[0])
        for number in range(3):
            remark = actions.add_comment(section=section, text=f"Ý {number}.", by=people[number])
            actions.answer_comment(comment=remark, text="Trả lời.", by=people[number])
            fresh = section_of(draft, section.key)
            actions.save_section(
                section=fresh,
                text=f"{fresh.text}\nThêm {number}.",
                version=fresh.version,
                by=people[number % 2],
            )


@pytest.mark.parametrize("name", ["", "draft_section", "draft_versions", "draft_insertions"])
def test_statements_grow_neither_with_schools_nor_with_what_was_written(province, draft, client_of, name):
    officer, address = client_of("officer"), page_of(draft, name) if name else ADDRESS
    before = statements(officer, address)
    many_of_everything(province, draft)
    create_units(
        rows=[
            NewUnit(
                f"DN-8{number:02}", f"Trường {number}", "school", SINCE, parent="DN-1", levels=["primary"]
            )
            for number in range(5)
        ],
        by=None,
    )
    assert statements(officer, address) == before


def test_a_draft_with_a_number_larger_than_any_is_not_found(client_of, draft):
    assert client_of("officer").get(f"/report/draft/{10**30}/general/").status_code == 404
