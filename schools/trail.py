"""The audit trail in words: what each action is called and what its detail says.

Events store short words ("unit.rename") that no translation can change. Each app names its
own here, in `ready()` of its apps.py, so that the trail of all of them is read on one page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dxreport.lib.folding import fold
from dxreport.lib.numbers import format_number
from schools.models import SchoolProfile
from schools.roles import Role

Words = dict[str, str | Promise]
# Gives codes their names in the reader's language; what it does not know it leaves out.
Namer = Callable[[Collection[str]], Mapping[str, str]]
# Names of what stands in details, by the key under which it stands and its code.
Names = Mapping[str, Mapping[str, str]]

ITEMS_SHOWN = 8
NAMED_BY_NUMBER = {"upload", "fingerprint"}  # it counts nothing

_actions: Words = {}
_facts: Words = {}
_values: Words = {}
_namers: dict[str, Namer] = {}

ACTIONS: Words = {
    "unit.create": gettext_lazy("Thêm đơn vị"),
    "unit.profile": gettext_lazy("Sửa hồ sơ trường"),
    "unit.rename": gettext_lazy("Đổi tên đơn vị"),
    "unit.transfer": gettext_lazy("Chuyển đơn vị quản lý"),
    "unit.merge": gettext_lazy("Sáp nhập vào đơn vị khác"),
    "unit.absorb": gettext_lazy("Nhận sáp nhập"),
    "unit.split": gettext_lazy("Chia tách đơn vị"),
    "unit.close": gettext_lazy("Giải thể đơn vị"),
    "word.change": gettext_lazy("Sửa từ dùng chung"),
    "user.create": gettext_lazy("Mở tài khoản"),
    "user.change": gettext_lazy("Sửa tài khoản"),
    "membership.grant": gettext_lazy("Phân quyền"),
    "membership.revoke": gettext_lazy("Thu hồi quyền"),
    "register.teachers": gettext_lazy("Ghi sổ nhà giáo"),
    "register.students": gettext_lazy("Ghi sổ người học"),
}
FACTS: Words = {
    "kind": gettext_lazy("loại đơn vị"),
    "parent": gettext_lazy("trực thuộc"),
    "valid_from": gettext_lazy("thành lập"),
    "before": gettext_lazy("trước"),
    "after": gettext_lazy("sau"),
    "levels": gettext_lazy("cấp học"),
    "ownership": gettext_lazy("loại hình"),
    "former_name": gettext_lazy("tên cũ"),
    "effective_on": gettext_lazy("có hiệu lực từ"),
    "document": gettext_lazy("văn bản"),
    "to": gettext_lazy("đến"),
    "from": gettext_lazy("từ"),
    "into": gettext_lazy("thành"),
    "merged": gettext_lazy("các đơn vị nhập vào"),
    "role": gettext_lazy("vai trò"),
    "added": gettext_lazy("số dòng thêm"),
    "display_name": gettext_lazy("tên hiển thị"),
    "is_active": gettext_lazy("được đăng nhập"),
    "is_staff": gettext_lazy("được vào trang quản trị"),
    "password": gettext_lazy("đổi mật khẩu"),
}


VALUES: Words = {**dict(Role.choices), **dict(SchoolProfile.Ownership.choices)}


def name_words(
    *,
    actions: Mapping[str, str | Promise],
    facts: Mapping[str, str | Promise],
    values: Mapping[str, str | Promise],
    namers: Mapping[str, Namer] | None = None,
) -> None:
    """Name the actions of an app, the keys of their details that people should read, and the short words that
    stand there as values; `namers` name the codes under a key, with a statement each."""
    _actions.update(actions)
    _facts.update(facts)
    _values.update(values)
    _namers.update(namers or {})


def action_choices() -> list[tuple[str, str]]:
    """Every named action with its words, in their order."""
    return sorted(((action, str(words)) for action, words in _actions.items()), key=lambda pair: pair[1])


def action_words(action: str) -> str:
    """What an action is called; its own word where no app named it."""
    return str(_actions.get(action, action))


def actions_named(word: str) -> list[str]:
    """The actions whose words, or whose own word, hold a folded word."""
    return [action for action, words in _actions.items() if word in fold(f"{action} {words}")]


def names_in(details: Iterable[Mapping[str, object]]) -> Names:
    """The names of all codes in some details: one statement for each kind of code that stands there."""
    codes: dict[str, set[str]] = {}
    for detail in details:
        for key in _namers.keys() & detail.keys():
            codes.setdefault(key, set()).update(_codes(detail[key]))
    return {key: _namers[key](several) for key, several in codes.items()}


def _codes(value: object) -> list[str]:
    several = value if isinstance(value, list | Mapping) else [value]
    return [one for one in several if isinstance(one, str)]


def facts_of(detail: Mapping[str, object], names: Names | None = None) -> Iterator[tuple[str, str]]:
    """Name and text of each part of a detail that has a name and says something; `names` from `names_in`."""
    for key, value in detail.items():
        if key in _facts and value not in (None, "", [], {}):
            known = (names or {}).get(key, {})
            yield str(_facts[key]), f"#{value}" if key in NAMED_BY_NUMBER else _text(_named(value, known))


def _named(value: object, names: Mapping[str, str]) -> object:
    """The same with names for the codes that have one."""
    if isinstance(value, list):
        return [names.get(one, one) if isinstance(one, str) else one for one in value]
    if isinstance(value, Mapping):
        return {names.get(key, key): one for key, one in value.items()}
    return names.get(value, value) if isinstance(value, str) else value


def _text(value: object) -> str:
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, Mapping):
        return _some([f"{_facts.get(key, key)}: {_text(one)}" for key, one in value.items()], "; ")
    if isinstance(value, list):
        return _some([_text(one) for one in value], ", ")
    if isinstance(value, int):
        return format_number(value)
    words = str(value)
    try:
        return date_format(dt.date.fromisoformat(words), "SHORT_DATE_FORMAT")
    except ValueError:
        return str(_values.get(words, words))


def _some(parts: list[str], mark: str) -> str:
    """The first few parts; a form may have a hundred cells."""
    more = len(parts) - ITEMS_SHOWN
    text = mark.join(parts[:ITEMS_SHOWN])
    return _("%(text)s và %(more)s mục khác") % {"text": text, "more": more} if more > 0 else text
