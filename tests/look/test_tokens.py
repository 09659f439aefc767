"""The colours themselves: contrast in both themes, series apart for every eye, one dark theme."""

import re
from itertools import combinations

import pytest
from django.conf import settings

CSS = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
TEXT, SHAPE = 4.5, 3.0  # least contrast of text, and of borders, focus rings and chart series
SERIES = ("c1", "c2", "c3", "c4", "c5", "c6")
# Least distance of two series in OKLab; 0.02 is about the least that an eye tells apart side by side.
APART = 0.1
# How a colour arrives (Machado, Oliveira, Fernandes 2009, complete deficiency), in linear RGB.
EYES = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.3039),
    ),
}
PAIRS = [
    # ink, ground it stands on, least contrast
    *(
        (ink, ground, TEXT)
        for ink in ("ink", "ink-2", "brand", "brand-2")
        for ground in ("paper", "ground", "tint", "shade")
    ),
    *(("ink-3", ground, TEXT) for ground in ("paper", "ground", "shade", "none-bg")),
    ("on-brand", "brand", TEXT),
    ("on-brand", "brand-hover", TEXT),
    *((state, f"{state}-bg", TEXT) for state in ("met", "miss", "none", "bad", "info")),
    *((state, "paper", TEXT) for state in ("met", "miss", "bad")),
    ("ink", "bad-bg", TEXT),
    ("ink", "miss-bg", TEXT),
    *(("edge", ground, SHAPE) for ground in ("paper", "ground")),
    *(("focus", ground, SHAPE) for ground in ("paper", "ground", "tint")),
    *((series, "paper", SHAPE) for series in SERIES),
    *((f"on-{series}", series, TEXT) for series in SERIES),
]


def block(start: str) -> dict[str, str]:
    """The tokens of the block that begins with `start`."""
    body = CSS[CSS.index(start) + len(start) :].split("}")[0]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", body))


LIGHT = block(":root {")
DARK = {**LIGHT, **block(':root[data-theme="dark"] {')}
THEMES = {"light": LIGHT, "dark": DARK}


def linear(colour: str) -> list[float]:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def oklab(rgb: list[float]) -> list[float]:
    cone = (
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    )
    lab = (
        (0.2104542553, 0.793617785, -0.0040720468),
        (1.9779984951, -2.428592205, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.808675766),
    )
    return times(lab, [max(part, 0) ** (1 / 3) for part in times(cone, rgb)])


def times(matrix, vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def distance(one: str, other: str, eye: str) -> float:
    labs = [oklab(times(EYES[eye], linear(colour))) for colour in (one, other)]
    return sum((a - b) ** 2 for a, b in zip(*labs, strict=True)) ** 0.5


def test_the_dark_theme_is_the_same_however_it_was_chosen():
    assert block(':root:not([data-theme="light"]) {') == block(':root[data-theme="dark"] {')


def test_both_themes_name_the_same_colours():
    colours = {name for name, value in LIGHT.items() if value.startswith("#")}

    assert colours == {
        name for name, value in block(':root[data-theme="dark"] {').items() if value.startswith("#")
    }


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS, ids=lambda value: str(value))
def test_what_is_read_stands_out_from_its_ground(theme, ink, ground, least):
    tokens = THEMES[theme]

    assert contrast(tokens[ink], tokens[ground]) >= least


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eye", EYES)
def test_series_of_a_chart_stay_apart_for_every_eye(theme, eye):
    tokens = THEMES[theme]
    too_close = [
        (one, other)
        for one, other in combinations(SERIES, 2)
        if distance(tokens[one], tokens[other], eye) < APART
    ]

    assert too_close == []


def test_no_colour_is_named_outside_the_tokens():
    """Except in data: pictures, the dark sign-in panel, and print, which is black on white."""
    allowed = {"tokens.css", "print.css", "entrance.css"}
    found = [
        f"{path.name}: {colour}"
        for path in (settings.BASE_DIR / "static" / "css").glob("*.css")
        if path.name not in allowed
        for colour in re.findall(
            r"(?<!%23)#[0-9a-fA-F]{3,8}\b|rgba?\(", re.sub(r"url\([^)]*\)", "", path.read_text())
        )
    ]

    assert found == []
