"""The pictures of the guide show what the screens say; every one is used, and there."""

import re
from itertools import groupby
from pathlib import Path

import pytest
from PIL import Image

from dxreport.guide.contents import TOPICS
from dxreport.guide.template_tags import FOLDER, size_of
from tests.guide.scenes import SCENES, Scene, prepare
from tests.guide.walking import VIEWPORT, differences, signed_in, walk, words_of

ROOT = Path(__file__).parent.parent.parent
PICTURES = ROOT / "static" / FOLDER
WORDS = Path(__file__).parent / "shown"
LARGEST, ALL_TOGETHER = 60 * 1024, 1536 * 1024
NAMED = re.compile(r'{% picture "([\w-]+)"')


def words_file(scene: Scene) -> Path:
    return WORDS / f"{scene.name}.txt"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_pictures_show_what_the_screens_say(live_server, new_context):
    codes = prepare()
    aged = []
    for person, scenes in groupby(sorted(SCENES, key=lambda one: one.person), key=lambda one: one.person):
        context = signed_in(new_context(viewport=VIEWPORT), live_server.url, person)
        page = context.new_page()
        for scene in scenes:
            shown = walk(page, live_server.url, scene, codes)
            then = words_file(scene).read_text(encoding="utf-8").splitlines()
            aged += [f"{scene.name}: {line}" for line in differences(then, shown.words)]
        context.close()

    assert aged == [], "The screens have changed; run: make guide"


def test_every_picture_of_the_guide_is_there_and_every_one_is_used():
    sources = "".join((ROOT / "templates" / topic.template).read_text("utf-8") for topic in TOPICS.values())
    named = NAMED.findall(sources)

    assert sorted(named) == sorted(scene.name for scene in SCENES)
    assert {path.stem for path in PICTURES.iterdir()} == set(named)
    assert {path.stem for path in WORDS.iterdir()} == set(named)


def test_pictures_are_light_and_know_their_size():
    sizes = {path.name: path.stat().st_size for path in PICTURES.iterdir()}

    assert {name for name, size in sizes.items() if size > LARGEST} == set()
    assert sum(sizes.values()) <= ALL_TOGETHER
    for path in PICTURES.iterdir():
        with Image.open(path) as picture:
            assert size_of(path.stem) == picture.size


def test_digits_make_no_difference_and_words_do():
    then = words_of([("Còn 12 ngày", False), ("Kỳ 2023", False), ("84,34%", False)])

    assert then == ["Còn # ngày", "Kỳ #"]
    assert differences(then, words_of([("Còn 9 ngày", False), ("Kỳ 2024", False)])) == []
    assert differences(then, words_of([("Quá hạn 9 ngày", False), ("Kỳ 2024", False)])) == [
        "- Còn # ngày",
        "+ Quá hạn # ngày",
    ]


def test_what_stands_at_the_lower_edge_may_stand_on_either_side_of_it():
    inside, near = [("Nộp", False)], [("Nộp", True)]
    outside: list[tuple[str, bool]] = []

    assert differences(words_of(near), words_of(inside)) == []
    assert differences(words_of(near), words_of(outside)) == []
    assert differences(words_of(outside), words_of(near)) == []
    assert differences(words_of(inside), words_of(outside)) == ["- Nộp"]
