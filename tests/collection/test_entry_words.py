"""What the script of the entry form computes by itself: words, numbers, a column on the clipboard."""

import json

import pytest

from dxreport.lib.numbers import NumberRefused, parse_count

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {
    0: "không",
    10: "mười",
    11: "mười một",
    14: "mười bốn",
    15: "mười lăm",
    21: "hai mươi mốt",
    24: "hai mươi tư",
    25: "hai mươi lăm",
    100: "một trăm",
    101: "một trăm linh một",
    105: "một trăm linh năm",
    115: "một trăm mười lăm",
    1_001: "một nghìn không trăm linh một",
    7_661: "bảy nghìn sáu trăm sáu mươi mốt",
    10_005: "mười nghìn không trăm linh năm",
    1_000_000: "một triệu",
    1_000_005: "một triệu không trăm linh năm",
    21_000_305: "hai mươi mốt triệu ba trăm linh năm",
    1_000_000_000: "một tỷ",
    10**12: "",
    -1: "",
}
TYPED = [
    "",
    " ",
    "0",
    "007",
    "7661",
    "7.661",
    "7 661",
    "7\u00a0661",
    "1.234.567",
    "7,661",
    "1.234,5",
    "76.61",
    "0.123",
    "1.234 567",
    "-5",
    "−5",
    "abc",
    "12a",
    "1e5",
    "٣",
    "9" * 12,
    "9" * 13,
    "1.000.000.000.000",
]
CLIPBOARDS = {
    "12\r\n7.661\r\n": [("", "12"), ("", "7.661")],
    "12\n\n13\n": [("", "12"), ("", ""), ("", "13")],
    "Giáo viên\t12\nMáy tính\t35\n": [("Giáo viên", "12"), ("Máy tính", "35")],
    "12\t35\n13\t36": [("", "12"), ("", "13")],
    "12\t35\t7": [("", "12"), ("", "35"), ("", "7")],
    '"a ""b""\nc"\t5\nd\t6': [('a "b"\nc', "5"), ("d", "6")],
    "Có\nKhông": [("", "Có"), ("", "Không")],
}


@pytest.fixture
def call(live_server, page):
    """`call("words", "inWords", 5)`: a function of a module, called in the browser."""
    page.goto(f"{live_server.url}/accounts/login/")

    def run(module, function, *given):
        body = "async ([module, name, given]) => (await import(module))[name](...given)"
        return page.evaluate(body, [f"/static/js/entry/{module}.js", function, list(given)])

    return run


def test_a_count_is_said_in_words(call):
    assert {number: call("words", "inWords", number) for number in WORDS} == WORDS


def test_the_browser_reads_a_count_as_the_server_does(call):
    for text in TYPED:
        read = call("numbers", "readCount", text)
        try:
            assert read.get("number", "refused") == parse_count(text), text
        except NumberRefused:
            assert "fault" in read, text


def test_a_column_is_taken_from_what_a_spreadsheet_copies(call):
    for text, column in CLIPBOARDS.items():
        rows = call("pasted", "rowsOf", text)
        found = [(line["label"], line["text"]) for line in call("pasted", "columnOf", rows)]
        assert found == column, json.dumps(text)
