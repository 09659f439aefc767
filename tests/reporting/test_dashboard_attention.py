"""The three exceptions of a dashboard: which ones, in what order, in what words."""

from reporting.attention import attention, unmet
from reporting.comparison import Comparison
from tests.reporting import boards, by_hand
from tests.reporting.boards import COMPUTERS, DN, INTERNET, LESSONS, OFFICES, SERVICES, Y2023, sums

ONE, TWO = OFFICES


def cards(totals, **more):
    board = boards.board(totals, **more)
    comparison = Comparison(board.place, board.selection, board.figures, board.figure_set)
    return attention(board.figures, board.place, board.selection, comparison)


def own(**numerators):
    """The department's totals of 2023 out of 1,000, by indicator code."""
    by_code = {one.code: one for one in boards.INDICATORS}
    return {(DN, Y2023, by_code[code]): sums(number, 1000) for code, number in numerators.items()}


def test_without_exceptions_there_are_no_cards():
    assert cards(own(A1=600, A2=500)) == []


def test_the_target_that_lacks_most_comes_first():
    found = cards(own(A1=490, A2=300, A5=499))
    assert [card.title for card in found] == [
        "Giáo viên có Internet: 30%, mục tiêu 50%",
        "Giáo viên có máy tính: 49%, mục tiêu 50%",
        "Tiết dạy trực tuyến: 49,9%, mục tiêu 50%",
    ]
    assert found[0].text == "Còn thiếu 200 giáo viên."


def test_an_unverified_target_stands_behind_verified_ones_and_says_so():
    found = cards(own(A1=490, A9=10), targets={SERVICES: by_hand.target(is_verified=False)})
    assert [card.title.split(":")[0] for card in found] == ["Giáo viên có máy tính", "Thủ tục toàn trình"]
    assert found[1].text == "Còn thiếu 490 thủ tục. Mục tiêu này chưa đối chiếu với văn bản."


def test_a_doubt_about_a_figure_takes_the_third_place():
    note = by_hand.violation()
    found = cards(own(A1=490, A2=300, A5=100), findings={"A9": (note,)})
    assert [card.tone for card in found] == ["", "", "bad"]
    assert found[2].title == note.sentence
    assert found[2].text == "Quy tắc R-17, Trường số 1, kỳ năm 2023. Chưa có giải trình."


def test_doubts_take_the_places_that_targets_do_not_need():
    notes = tuple(by_hand.violation(f"Trường {number}", left=700 + number) for number in range(4))
    found = cards(own(A1=490), findings={"A9": notes})
    assert [card.tone for card in found] == ["", "bad", "bad"]
    assert "Trường 3" in found[1].text  # the largest difference first


def test_a_violation_that_concerns_two_indicators_is_said_once():
    note = by_hand.violation(explanation="Nộp trước kỳ.")
    found = cards(own(A1=600), findings={"A1": (note,), "A2": (note,)})
    assert [card.text for card in found] == [
        "Quy tắc R-17, Trường số 1, kỳ năm 2023. Giải trình: Nộp trước kỳ."
    ]


def test_thin_coverage_is_one_card_that_names_the_thinnest():
    thin = {(DN, Y2023, COMPUTERS): sums(60, counted=9), (DN, Y2023, INTERNET): sums(60, counted=2)}
    [card] = cards(thin)
    assert card.title == "2 chỉ số có mục tiêu chưa đủ 95% đơn vị báo cáo"
    assert card.text.startswith("Ít nhất: giáo viên có Internet, mới có 2/10 đơn vị.")


def test_coverage_of_95_in_a_hundred_is_enough():
    assert cards({(DN, Y2023, COMPUTERS): sums(60, counted=95, expected=100)}) == []
    assert len(cards({(DN, Y2023, COMPUTERS): sums(60, counted=94, expected=100)})) == 1


def test_a_card_names_the_units_furthest_from_the_target():
    totals = {
        **own(A1=400),
        (ONE, Y2023, COMPUTERS): sums(45),
        (TWO, Y2023, COMPUTERS): sums(20),
    }
    [card] = cards(totals)
    assert card.text == "Còn thiếu 100 giáo viên. Thấp nhất: huyện Hai (20%), huyện Một (45%)."
    assert [link.url for link in card.links] == [
        "/units/DN/indicators/A1/behind/?period=2023",
        "/units/DN/indicators/A1/?period=2023",
    ]


def test_for_a_target_not_to_be_exceeded_the_highest_are_named():
    totals = {
        **own(A1=400),
        (ONE, Y2023, COMPUTERS): sums(45),
        (TWO, Y2023, COMPUTERS): sums(20),
    }
    [card] = cards(totals, targets={COMPUTERS: by_hand.target("5", "at_most")})
    assert card.text == "Thừa 350 giáo viên. Cao nhất: huyện Một (45%), huyện Hai (20%)."


def test_figures_without_value_are_not_unmet():
    board = boards.board({(DN, Y2023, LESSONS): sums(0, 0, counted=0)})
    assert unmet(board.figures) == []
