"""The base of every list: look, empty text, last sort key and a lean way to print its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import chain, repeat
from typing import Any, ClassVar, NamedTuple

import django_tables2 as tables
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django_tables2.data import TableQuerysetData
from django_tables2.utils import signature

from dxreport.lib.numbers import DASH, format_number, format_percent

RIGHT = {"th": {"class": "num"}, "td": {"class": "num"}}


class NumberColumn(tables.Column):
    """A count or a decimal, in the reader's notation, on the right."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"attrs": RIGHT, **options})

    def render(self, value: int | Decimal) -> str:
        return format_number(value)


class PercentColumn(NumberColumn):
    """A percentage to two decimals; the value is already in percent."""

    def render(self, value: int | Decimal) -> str:
        return format_percent(Decimal(value))


class Line(NamedTuple):
    """One row as the template prints it."""

    attrs: str
    cells: SafeString


class InheritedMeta(type(tables.Table)):  # type: ignore[misc]
    """Lets a table's `Meta` say only what differs: the rest comes from its base's `Meta`."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        inherited = next((base.Meta for base in bases if hasattr(base, "Meta")), None)
        own = attrs.get("Meta")
        if inherited and not (own and issubclass(own, inherited)):
            attrs["Meta"] = type("Meta", (own, inherited) if own else (inherited,), {})
        return super().__new__(mcs, name, bases, attrs)


class BaseTable(tables.Table, metaclass=InheritedMeta):
    """A list in the look of the product; subclasses name their columns.

    The first column heads its row. Set `name` to the words that name the list to a screen
    reader, and `Meta.empty_text` to a sentence with the next step.
    """

    name: ClassVar[Any] = _("Danh sách")
    last_key: ClassVar[str] = "pk"

    class Meta:
        template_name = "tables/table.html"
        attrs: ClassVar[dict[str, Any]] = {"class": "data"}
        default = DASH
        empty_text = _("Chưa có dòng nào khớp với lựa chọn. Hãy bỏ bớt điều kiện lọc để xem thêm.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._end_with_last_key()

    @property
    def order_by(self) -> Any:
        """The columns that the list is sorted by."""
        return self._order_by

    @order_by.setter
    def order_by(self, value: Any) -> None:
        tables.Table.order_by.fset(self, value)
        self._end_with_last_key()

    def _end_with_last_key(self) -> None:
        """Rows that compare equal must not change places between two pages."""
        if not isinstance(self.data, TableQuerysetData):
            return
        rows: QuerySet[Any] = self.data.data
        query = rows.query
        if query.combinator or query.is_sliced or query.distinct or isinstance(query.group_by, tuple):
            return  # a row of such a query has no primary key, or takes no further ordering
        default = query.get_meta().ordering if query.default_ordering else None
        keys = list(query.order_by or default or ())
        if self.last_key not in keys:
            self.data.data = rows.order_by(*keys, self.last_key)

    def lines(self) -> Iterator[Line]:
        """The rows of this page.

        A column's attributes and the arguments of its render method are worked out once instead
        of for each cell: that is two thirds of what the package's own template spends.
        """
        columns = [
            (column, tag, self._static(column, tag), _reader(column))
            for column, tag in zip(self.columns, chain(["th"], repeat("td")), strict=False)
        ]
        for row in self.paginated_rows:
            cells = []
            for column, tag, attrs, read in columns:
                value = read(row)
                if attrs is None:
                    column.current_value, column.current_record = value, row.record
                    attrs = _attributes(tag, column.attrs["td"])
                cells.append(f"<{tag}{attrs}>{conditional_escape(value)}</{tag}>")
            yield Line(flatatt(dict(row.attrs)) if self.row_attrs else "", mark_safe("".join(cells)))

    def _static(self, column: Any, tag: str) -> str | None:
        """The attributes of a column's cells, None where they differ by record."""
        attrs = {**self.attrs, **column.column.attrs}
        own = attrs.get("td", attrs.get("cell", {}))
        return None if any(map(callable, own.values())) else _attributes(tag, own)


def _reader(column: Any) -> Callable[[Any], Any]:
    """What `row.get_cell` does for one column, without inspecting the render method at every cell."""
    names, takes_all = signature(column.render)
    default = column.default

    def read(row: Any) -> Any:
        def render(_column: Any, value: Any = None) -> Any:
            given = row._optional_cell_arguments(column, value)
            content = column.render(**(given if takes_all else {name: given[name] for name in names}))
            return column.link(content, **given) if column.link else content

        return row._get_and_render_with(column, render_func=render, default=default)

    return read


def _attributes(tag: str, attrs: dict[str, Any]) -> str:
    scope = {"scope": "row"} if tag == "th" else {}
    return flatatt({**scope, **{key: value for key, value in attrs.items() if value}})
