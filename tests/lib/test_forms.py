"""A choice is written out by hand, and says what Django's own template says."""

import re

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting


class ChoiceForm(forms.Form):
    level = forms.ChoiceField(
        choices=[("", "Tất <cả>"), ('a"b', "một & hai"), ("Nhóm <x>", [("2", "hai"), ("3", "ba")])]
    )
    several = forms.MultipleChoiceField(choices=[("1", "một"), ("2", "hai")], required=False)
    grade = forms.TypedChoiceField(choices=[(None, "–"), (1, "một")], required=False, disabled=True)


def parts(markup: str) -> list[tuple[str, frozenset[str]]]:
    """Tags with their attributes, whose order says nothing, and the texts between them."""
    found = re.findall(r"<([^<>]*)>([^<]*)", markup)
    return [(text.strip(), frozenset(re.findall(r'\S+="[^"]*"|[^\s"]+', tag))) for tag, text in found]


@pytest.mark.parametrize("data", [None, {"level": "2", "several": ["1", "2"]}, {"level": "unknown"}], ids=str)
@pytest.mark.parametrize("name", ["level", "several", "grade"])
def test_a_choice_says_what_djangos_template_says(data, name):
    own, theirs = ChoiceForm(data), ChoiceForm(data, renderer=TemplatesSetting())
    assert parts(own[name].as_widget()) == parts(theirs[name].as_widget())
    assert "selected" in str(ChoiceForm({"level": "2"})["level"])
