"""Tiles: value, bar, line, change and coverage of one indicator, ready to be printed."""

from decimal import Decimal

import pytest

from collection.workflow import Basis
from dxreport.lib.numbers import format_percent
from reporting.tiles import Bar, sparkline, target_bar, tile_sections, tile_spark
from tests.reporting import boards, by_hand
from tests.reporting.boards import BOTH, COMPUTERS, DN, LESSONS, SERVICES, TABLETS, Y2022, Y2023, sums, there


def tiles(totals, period=Y2023, targets=None):
    """The tiles of a department by name."""
    board = boards.board(totals, period=period, targets=targets)
    sections = tile_sections(board.figures, board.figure_set, DN, board.selection)
    return {tile.name: tile for section in sections for tile in section.tiles}


def test_a_tile_says_value_state_gap_change_and_coverage():
    tile = tiles(
        {
            (DN, Y2022, COMPUTERS): sums(40),
            (DN, Y2023, COMPUTERS): sums(45, counted=9),
        }
    )["Giáo viên có máy tính"]

    assert (tile.value, tile.chip, tile.word) == ("45%", "miss", "Chưa đạt")
    assert tile.gap == "còn thiếu 5 giáo viên"
    assert tile.change == "+5 điểm so với 2022"
    assert tile.coverage == "9/10 đơn vị"
    assert tile.url == "/units/DN/indicators/A1/?period=2023"
    assert tile.bar == Bar("miss", "45", "50")
    assert tile.target == "≥ 50%"


def test_the_first_period_has_nothing_to_be_compared_with_and_no_line():
    tile = tiles({(DN, Y2022, COMPUTERS): sums(40)}, period=Y2022)["Giáo viên có máy tính"]
    assert tile.change == ""
    assert tile.spark is None


def test_a_count_changes_in_things_and_has_no_bar():
    tile = tiles({(DN, Y2022, TABLETS): sums(1000, 0), (DN, Y2023, TABLETS): sums(1120, 0)})["Máy tính bảng"]
    assert (tile.value, tile.change, tile.bar) == ("1.120", "+120 máy so với 2022", None)
    assert (tile.chip, tile.word) == ("none", "Chưa có mục tiêu")


def test_over_a_span_a_stock_is_compared_with_the_first_period_and_a_flow_says_that_it_adds_up():
    shown = tiles(
        {
            (DN, Y2022, COMPUTERS): sums(40),
            (DN, BOTH, COMPUTERS): sums(45),
            (DN, Y2022, LESSONS): sums(10),
            (DN, BOTH, LESSONS): sums(60, 200),
        },
        period=BOTH,
    )
    assert shown["Giáo viên có máy tính"].change == "+5 điểm so với 2022"
    assert shown["Tiết dạy trực tuyến"].change == "cộng 2 kỳ"


def test_an_indicator_that_nobody_here_is_asked_has_no_tile():
    assert list(tiles({(DN, Y2023, SERVICES): sums(45)})) == ["Thủ tục toàn trình"]


def test_an_indicator_that_was_asked_and_not_answered_has_a_dash():
    tile = tiles({(DN, Y2023, COMPUTERS): sums(0, 0, counted=0)})["Giáo viên có máy tính"]
    assert (tile.value, tile.word, tile.coverage) == ("–", "Chưa có số liệu", "0/10 đơn vị")
    assert tile.bar is None


def test_an_unverified_target_says_so():
    unverified = {COMPUTERS: by_hand.target(is_verified=False)}
    shown = tiles({(DN, Y2023, COMPUTERS): sums(84)}, targets=unverified)
    assert shown["Giáo viên có máy tính"].note == "Mục tiêu chưa đối chiếu văn bản"
    assert tiles({(DN, Y2023, COMPUTERS): sums(84)})["Giáo viên có máy tính"].note == ""


def test_sections_keep_the_order_of_the_set():
    board = boards.board({(DN, Y2023, SERVICES): sums(45), (DN, Y2023, COMPUTERS): sums(45)})
    sections = tile_sections(board.figures, board.figure_set, DN, board.selection)
    assert [section.code for section in sections] == ["III.1", "III.4"]


def test_a_target_of_all_stays_within_the_picture():
    figure = by_hand.figure(None, 100, 100, held_to=by_hand.target("100"))
    assert target_bar(figure) == Bar("met", "100", "99")


@pytest.mark.parametrize("values", [[], [Decimal(5)]])
def test_one_point_makes_no_line(values):
    assert sparkline([("2022", value) for value in values], format_percent) is None


def test_a_line_rises_with_its_values_and_says_them():
    spark = there(
        sparkline([("2021", Decimal(10)), ("2022", Decimal(20)), ("2023", Decimal(30))], format_percent)
    )
    assert spark.points == "4,26 42,15 80,4"
    assert (spark.x, spark.y) == ("80", "4")
    assert spark.description == "2021: 10%; 2022: 20%; 2023: 30%"


def test_a_line_of_two_points_leaves_the_words_to_the_change():
    points = [("2022", Decimal(10)), ("2023", Decimal(20))]
    assert there(sparkline(points, format_percent)).description == "2022: 10%; 2023: 20%"
    assert there(tile_spark(points, format_percent)).description == ""


def test_provisional_coverage_says_that_it_is():
    board = boards.board({(DN, Y2023, COMPUTERS): sums(45)}, basis=Basis.PROVISIONAL)
    [section] = tile_sections(board.figures, board.figure_set, DN, board.selection)
    assert section.tiles[0].coverage == "10/10 đơn vị, tạm tính"


def test_a_line_without_change_runs_through_the_middle():
    spark = there(sparkline([("2022", Decimal(10)), ("2023", Decimal(10))], format_percent))
    assert spark.points == "4,15 80,15"
