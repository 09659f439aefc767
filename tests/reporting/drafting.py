"""A draft to try things on: short sections with known words, begun by the actions."""

from __future__ import annotations

from collections.abc import Mapping

from reporting.drafts import actions
from reporting.models import Draft, DraftSection
from reporting.selection import read_selection
from tests.province import Province

TEXT = "Đơn vị báo cáo kết quả năm.\nCác trường đã nộp đủ phiếu.\n- Khó khăn: thiếu máy tính."


def begun(
    province: Province, *, unit: str = "DN", by: str = "officer", texts: Mapping[str, str] | None = None
) -> Draft:
    """The draft of a unit on 2023, begun by a person; `texts` by section replace the delivered ones."""
    selection = read_selection({"period": province.period.code})
    person = province.person(by)
    draft = actions.begin_draft(unit=province.unit(unit), selection=selection, by=person)
    for key, text in (texts or {"general": TEXT}).items():
        section = section_of(draft, key)
        actions.save_section(section=section, text=text, version=section.version, by=person)
    return draft


def section_of(draft: Draft, key: str = "general") -> DraftSection:
    """A section as it is now."""
    return DraftSection.objects.select_related("draft__unit", "draft__period").get(draft=draft, key=key)
