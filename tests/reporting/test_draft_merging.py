"""Two changes of one text: no word of either is lost, whatever is changed where."""

import random

import pytest

from reporting.drafts.differences import differences
from reporting.drafts.merging import keep_both, merge
from reporting.drafts.words import paragraphs, words

BASE = "Một hai ba bốn.\nNăm sáu bảy tám.\nChín mười."


def put(**new: str) -> str:
    """The text with some of its words replaced."""
    return " ".join(new.get(word.strip(".\n"), word) for word in BASE.split(" "))


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        # paragraphs apart, words of one paragraph apart, paragraphs that follow each other
        ({"hai": "2"}, {"bảy": "7"}, {"hai": "2", "bảy": "7"}),
        ({"Một": "1"}, {"ba": "3"}, {"Một": "1", "ba": "3"}),
        ({"ba": "3"}, {"sáu": "6"}, {"ba": "3", "sáu": "6"}),
        # both make the same change, or only one makes any
        ({"sáu": "6"}, {"sáu": "6"}, {"sáu": "6"}),
        ({}, {"sáu": "6"}, {"sáu": "6"}),
        ({"sáu": "6"}, {}, {"sáu": "6"}),
    ],
)
def test_changed_words_that_do_not_touch_stand_in_one_text(mine, theirs, merged):
    assert merge(BASE, put(**mine), put(**theirs)) == put(**merged)


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        # both add a paragraph at the end
        (f"{BASE}\nCủa tôi.", f"{BASE}\nCủa họ.", f"{BASE}\nCủa họ.\nCủa tôi."),
        # the end of one and the beginning of the next
        (BASE.replace("bốn", "4"), BASE.replace("Năm", "5"), BASE.replace("bốn", "4").replace("Năm", "5")),
        # one takes a paragraph away, the other changes another
        ("Một hai ba bốn.\nChín mười.", BASE.replace("mười", "10"), "Một hai ba bốn.\nChín 10."),
        (BASE, "Khác hẳn.", "Khác hẳn."),
        ("", BASE, ""),
    ],
)
def test_changed_paragraphs_that_do_not_touch_stand_in_one_text(mine, theirs, merged):
    assert merge(BASE, mine, theirs) == merged


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (BASE.replace("hai", "2"), BASE.replace("hai", "hai hai")),  # the same word
        (BASE.replace("hai", "2"), BASE.replace("ba", "3")),  # words side by side
        (BASE.replace("hai", "2"), "Năm sáu bảy tám.\nChín mười."),  # one takes away what the other changes
        (
            BASE.replace("bốn.", "bốn, mười."),
            BASE.replace("bốn.", "bốn và năm."),
        ),  # both go on with a sentence
    ],
)
def test_changes_of_the_same_words_are_left_to_people(mine, theirs):
    assert merge(BASE, mine, theirs) is None
    kept = keep_both(BASE, mine, theirs)
    for text in (mine, theirs):
        assert set(text.split()) <= set(kept.split())


def test_a_token_in_braces_is_never_cut_in_two():
    base = "Đạt {A1.1 tăng: đã tăng|đã giảm} so với trước."
    mine, theirs = base.replace("đã tăng", "tăng mạnh"), base.replace("đã giảm", "giảm mạnh")
    assert merge(base, mine, theirs) is None


def changed(chance: random.Random, lines: list[list[str]], name: str) -> tuple[str, set[str], set[str]]:
    """A text with a few words added, replaced and taken away, and whole paragraphs too."""
    text = [list(line) for line in lines]
    came: set[str] = set()
    went: set[str] = set()
    for number in range(chance.randint(1, 4)):
        line = chance.choice(text)
        place = chance.randrange(len(line) + 1)
        new = f"{name}{number}"
        deed = chance.choice(("add", "replace", "remove", "paragraph"))
        if deed == "paragraph":
            text.insert(chance.randrange(len(text) + 1), [new])
            came.add(new)
            continue
        if deed != "remove":
            came.add(new)
        if deed != "add" and place < len(line) and line[place].startswith("w"):
            went.add(line[place])
            line[place : place + 1] = [new] if deed == "replace" else []
        elif deed != "remove":
            line.insert(place, new)
    return "\n".join(" ".join(line) for line in text), came, went


@pytest.mark.parametrize("seed", range(4))
def test_of_many_random_changes_no_word_is_lost(seed):
    chance = random.Random(seed)
    merges = 0
    for _ in range(150):
        lines = [
            [f"w{row}.{word}" for word in range(chance.randint(1, 9))] for row in range(chance.randint(1, 7))
        ]
        base = "\n".join(" ".join(line) for line in lines)
        mine, came, went = changed(chance, lines, "m")
        theirs, came_too, went_too = changed(chance, lines, "t")
        merged = merge(base, mine, theirs)
        everything = {word for line in lines for word in line}
        if merged is not None:
            merges += 1
            stays = (everything - went - went_too) | came | came_too
            assert sorted(merged.split()) == sorted(stays), (base, mine, theirs)
        both = keep_both(base, mine, theirs).split()
        assert came | came_too <= set(both)
        assert everything - went - went_too <= set(both)
    assert merges > 50  # that it merges is no accident


def test_a_text_is_its_pieces_joined():
    text = "Một  hai\t{A1.1.value} ba{.\n\n - bốn \n"
    assert "".join(paragraphs(text)) == text
    assert "".join(words(text)) == text


def test_differences_mark_words_and_leave_out_what_is_far_away():
    before = "\n".join(["một hai", "hai", "ba", "bốn", "năm", "sáu bảy"])
    after = before.replace("một hai", "một hai hai").replace("sáu", "6")
    shown = differences(before, after)
    assert [[(piece.kind, piece.text) for piece in line.pieces] for line in shown] == [
        [("same", "một hai"), ("ins", " hai")],
        [("same", "hai")],
        [],
        [("same", "năm")],
        [("del", "sáu"), ("ins", "6"), ("same", " bảy")],
    ]
    assert [line.is_gap for line in shown] == [False, False, True, False, False]
    assert differences(before, before) == []
