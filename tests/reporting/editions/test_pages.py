"""What people see of editions: the list, one edition, its differences, and publishing."""

import datetime as dt
import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reporting.editions.concerns import concerns
from reporting.editions.snapshot import read_snapshot
from reporting.models import Edition, Publication
from tests.collection.background import work
from tests.reporting.editions.making import TEXTS, drafted, mended, sealed
from tests.tables import nothing_changes

pytestmark = pytest.mark.usefixtures("edition", "db")


@pytest.fixture
def client_of(ready):
    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(ready.person(name))
        return client

    return sign_in


def text_of(client: Client, address: str) -> str:
    """The words of a page without its marks, each space one."""
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", answer.content.decode())).split())


def test_the_page_of_an_edition_says_who_published_what_and_gives_every_file(client_of, edition):
    client = client_of("auditor")
    page = client.get(f"/editions/{edition.pk}/").content.decode()
    assert "leader" in page
    assert edition.sha256 in page
    for file in edition.files.all():
        assert file.sha256 in page
        answer = client.get(f"/editions/{edition.pk}/{file.kind}")
        assert answer.content == bytes(file.data)
        assert f'filename="{file.name}"' in answer.headers["Content-Disposition"]


def test_the_report_on_the_page_is_that_of_the_edition_whatever_changed_since(ready, client_of, edition):
    mended(ready, teachers_with_computer=18)
    text = text_of(client_of("leader"), f"/editions/{edition.pk}/")
    assert "50%" in text
    assert "65%" not in text


def test_an_edition_that_was_corrected_says_by_which_and_why(ready, draft, client_of, edition):
    second = sealed(draft, by=ready.person("leader"), reason="Trường kê khai nhầm")
    text = text_of(client_of("leader"), f"/editions/{edition.pk}/")
    assert "đã được đính chính bằng bản số 2" in text
    assert "Trường kê khai nhầm" in text
    assert "đính chính bằng" not in text_of(client_of("leader"), f"/editions/{second.pk}/")


def test_the_differences_page_names_figure_unit_cell_who_and_why(ready, client_of, edition):
    mended(ready, teachers_with_computer=18)
    text = text_of(client_of("leader"), f"/editions/{edition.pk}/compare/")
    for words in (
        "đã công bố 50% → nay 65%",
        "T1",
        "Trường tiểu học số 1",
        "12/20 → 18/20",
        "Giáo viên có máy tính",
        "clerk_101",
        "Mở lại phiếu: Kê khai nhầm",
    ):
        assert words in text, words


def test_two_editions_are_compared_the_older_first_however_they_are_named(ready, draft, client_of, edition):
    mended(ready, teachers_with_computer=18)
    second = sealed(draft, by=ready.person("leader"), reason="Sửa")
    client = client_of("leader")
    for address in (
        f"/editions/{edition.pk}/compare/{second.pk}/",
        f"/editions/{second.pk}/compare/{edition.pk}/",
    ):
        assert "bản số 1: 50% → bản số 2: 65%" in text_of(client, address)


def test_what_became_of_the_text_is_shown_word_by_word(ready, draft, client_of, edition):
    general = draft.sections.get(key="general")
    assert general.text == TEXTS["general"]
    draft.sections.filter(key="general").update(text=general.text.replace("kết quả", "toàn bộ kết quả"))
    second = sealed(draft, by=ready.person("leader"), reason="Sửa")
    page = client_of("leader").get(f"/editions/{edition.pk}/compare/{second.pk}/").content.decode()
    assert re.search(r"<ins>[^<]*toàn bộ[^<]*</ins>", page)
    assert page.count("<ins>") == 1


def test_editions_of_different_reports_are_not_compared(ready, client_of, edition):
    other = sealed(drafted(ready, unit="DN-1"), by=ready.person("leader"))
    client = client_of("leader")
    for address in (f"compare/{other.pk}/", f"compare/{edition.pk}/", "compare/99999/"):
        assert client.get(f"/editions/{edition.pk}/{address}").status_code == 404


def test_the_why_page_says_what_was_published_of_a_figure(ready, client_of, edition):
    address = "/units/DN/indicators/T1/?period=2023"
    client = client_of("leader")
    assert "Đã công bố 50% trong bản số 1" in text_of(client, address)
    assert "Số hiện nay giống số đã công bố" in text_of(client, address)
    mended(ready, teachers_with_computer=18)
    assert "Nay là 65%" in text_of(client, address)
    for elsewhere in (f"{address}&basis=provisional", "/units/DN-1/indicators/T1/?period=2023"):
        assert "Đã công bố" not in text_of(client, elsewhere)


def test_pages_cost_as_many_statements_for_three_editions_as_for_two(ready, draft, client_of, edition):
    client, costs = client_of("leader"), []
    for _more in range(2):
        sealed(draft, by=ready.person("leader"), reason="Sửa")
        for address in ("/editions/", f"/editions/{edition.pk}/", f"/editions/{edition.pk}/compare/"):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            costs.append(len(queries))
    assert costs[:3] == costs[3:]


# --- publishing -------------------------------------------------------------------------------


@pytest.fixture
def to_publish(ready):
    """Another draft, not published yet: its page, and what a publisher sends who has seen the warnings."""
    draft = drafted(ready, unit="DN-1", by="reviewer_1")
    return f"/report/draft/{draft.pk}/publish/", {"acknowledged": concerns(read_snapshot(draft.pk)).digest}


def test_a_draft_is_published_from_its_page(client_of, to_publish):
    address, sent = to_publish
    client = client_of("leader")
    assert "Kỳ báo cáo còn đang thu thập" in text_of(client, address)
    assert client.post(address, sent).status_code == 302
    assert "Xong 0/8 bước" in text_of(client, address)
    partial = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<h1" not in partial
    assert "Xong 0/8 bước" in partial
    work()
    assert client.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "Đã công bố bản số 1" in text_of(client, address)


def test_warnings_not_ticked_come_back_as_a_conflict_with_the_reason_kept(client_of, to_publish):
    address, _sent = to_publish
    with nothing_changes():
        answer = client_of("leader").post(address, {"reason": "Vì"})
    assert answer.status_code == 409
    assert "chưa được xác nhận" in answer.content.decode()


def test_who_wrote_sees_that_somebody_else_has_to_publish(client_of, draft):
    address = f"/report/draft/{draft.pk}/publish/"
    page = client_of("officer").get(address).content.decode()
    assert "Cần người khác công bố" in page
    assert '<button class="btn" type="submit">' not in page
    with nothing_changes():
        assert client_of("officer").post(address, {}).status_code == 409


def test_faults_of_the_text_stand_on_the_page_and_nothing_can_be_pressed(ready, client_of):
    draft = drafted(ready, unit="DN-2", by="reviewer_2", texts={"general": "[Bổ sung số liệu.]"})
    page = client_of("leader").get(f"/report/draft/{draft.pk}/publish/").content.decode()
    assert "Phải sửa trước khi công bố" in page
    assert "Bổ sung số liệu" in page
    assert '<button class="btn" type="submit">' not in page
    assert ("<h2>Công bố</h2>" in page) == ("<h3>Cần lưu ý</h3>" in page)  # no card without content


def test_a_draft_whose_text_cannot_be_read_is_not_published(ready, client_of):
    draft = drafted(ready, unit="DN-2", by="reviewer_2", texts={"general": "Có {T1.numerator giáo viên."})
    address = f"/report/draft/{draft.pk}/publish/"
    assert "Chưa đọc được bản thảo" in text_of(client_of("leader"), address)
    with nothing_changes():
        assert client_of("leader").post(address, {}).status_code == 409


def test_a_publication_that_does_not_move_offers_to_begin_again(ready, client_of, to_publish):
    address, sent = to_publish
    client = client_of("leader")
    with nothing_changes():
        assert client.post(address, {"do": "restart"}).status_code == 409
    client.post(address, sent)
    assert "Chạy lại" not in text_of(client, address)
    with nothing_changes():
        assert client.post(address, {"do": "restart"}).status_code == 409
    stopped = Publication.objects.filter(state="working")
    stopped.update(moved_at=timezone.now() - dt.timedelta(minutes=2))
    assert "Hơn một phút chưa có tiến triển" in text_of(client, address)
    assert client.post(address, {"do": "restart"}).status_code == 302
    work()  # the task that was lost, should it come after all, finds its run is over
    assert "Đã công bố bản số 1" in text_of(client, address)
    assert Edition.objects.filter(unit__code="DN-1").count() == 1


def test_a_failed_publication_says_why_and_may_be_asked_for_again(ready, draft, client_of, to_publish):
    address, sent = to_publish
    client = client_of("leader")
    client.post(address, sent)
    publication = Publication.objects.get(state="working")
    publication.draft.sections.update(updated_by=ready.person("leader"))
    work()
    text = text_of(client, address)
    assert "Lần trước chưa công bố được" in text
    assert "người khác đọc lại" in text
    publication.draft.sections.update(updated_by=ready.person("reviewer_1"))
    assert client.post(address, sent).status_code == 302
    work()
    assert "Đã công bố bản số 1" in text_of(client, address)
