"""The base of every list: look, empty text, last sort key and a lean way to print its rows."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, islice, repeat
from typing import Any, ClassVar, NamedTuple

import django_tables2 as tables
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db.models import Manager, Model, QuerySet
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django_tables2.data import TableQuerysetData
from django_tables2.rows import BoundRow
from django_tables2.utils import signature

from dxreport.lib.numbers import DASH, format_number, format_percent
from dxreport.lib.workbooks import Value

ROWS_AT_ONCE = 1000  # of a file: those that are in memory together
WIDTH = 16
RIGHT = {"th": {"class": "num"}, "td": {"class": "num"}}


class NumberColumn(tables.Column):
    """A count or a decimal, in the reader's notation, on the right."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"attrs": RIGHT, **options})

    def render(self, value: int | Decimal) -> str:
        return format_number(value)

    def written(self, value: int | Decimal) -> Value:
        """A number stays one in a file."""
        return value


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

    The first column heads its row and cannot be left out. Set `name` to the words that name the list
    to a screen reader, and `Meta.empty_text` to a sentence with the next step. Columns named in `extra` are
    shown to those who choose them.

    In a file a cell holds what `value_<column>(record)` gives; without it what the column's `written(value)`
    makes of its value, where the class of the column has that; else what the page shows, as text. Columns
    with `exclude_from_export` stand in no file.
    """

    name: ClassVar[Any] = _("Danh sách")
    last_key: ClassVar[str] = "pk"
    extra: ClassVar[frozenset[str]] = frozenset()
    # Of its files: how they are called, and how many letters wide their columns are where not `WIDTH`.
    file_name: ClassVar[str] = "danh-sach"
    widths: ClassVar[Mapping[str, int]] = {}

    # What stands around the rows where readers choose columns and take files: see `dxreport.lib.listing`.
    tools: Any = None

    class Meta:
        template_name = "tables/table.html"
        attrs: ClassVar[dict[str, Any]] = {"class": "data cards"}
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

    def prepare(self, records: Sequence[Any]) -> None:
        """Read in one go what the cells of these rows need beside them; a list says what that is."""

    def show_only(self, names: Iterable[str]) -> None:
        """Leave out every column that is neither named nor the first."""
        wanted = set(names)
        for position, column in enumerate(list(self.columns.iterall())):
            column.column.visible = position == 0 or column.name in wanted

    def written_rows(self) -> Iterator[list[Value]]:
        """All rows of the list as a file holds them, some in memory at a time; not their head."""
        readers = [self._written(column) for column in self._written_columns()]
        data = self.data.data
        records = iter(data.iterator(ROWS_AT_ONCE) if isinstance(data, QuerySet) else data)
        while chunk := list(islice(records, ROWS_AT_ONCE)):
            self.prepare(chunk)
            for record in chunk:
                yield [read(record) for read in readers]

    def written_head(self) -> list[str]:
        """What the columns of a file are called."""
        return [str(column.header) for column in self._written_columns()]

    def written_widths(self) -> list[int]:
        """How wide the columns of a workbook are, in letters."""
        return [self.widths.get(column.name, WIDTH) for column in self._written_columns()]

    def _written_columns(self) -> list[Any]:
        return [column for column in self.columns if not column.column.exclude_from_export]

    def _written(self, column: Any) -> Callable[[Any], Value]:
        """What a file holds of a record in one column."""
        own: Callable[[Any], Value] | None = getattr(self, f"value_{column.name}", None)
        if own is not None:
            return own
        written = getattr(column.column, "written", None)
        if written is not None and not hasattr(self, f"render_{column.name}"):
            resolve = column.accessor.resolve

            def value_of(record: Any) -> Value:
                value = resolve(record, quiet=True)
                return None if value is None else written(value)

            return value_of
        read = _reader(column)
        return lambda record: _as_text(read(BoundRow(record, table=self)))

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
                    attrs = _attributes(tag, {**column.attrs["td"], **_label(column, tag)})
                cells.append(f"<{tag}{attrs}>{_escaped(value)}</{tag}>")
            yield Line(flatatt(dict(row.attrs)) if self.row_attrs else "", mark_safe("".join(cells)))

    def _static(self, column: Any, tag: str) -> str | None:
        """The attributes of a column's cells, None where they differ by record."""
        attrs = {**self.attrs, **column.column.attrs}
        own = attrs.get("td", attrs.get("cell", {}))
        if any(map(callable, own.values())):
            return None
        return _attributes(tag, {**own, **_label(column, tag)})


def _escaped(value: Any) -> str:
    """As `conditional_escape`, which looks for lazy texts first: a third of what a cell costs."""
    if isinstance(value, SafeString):
        return value
    return html.escape(value) if isinstance(value, str) else conditional_escape(value)


def _label(column: Any, tag: str) -> dict[str, str]:
    """What a cell is called where a row is a card; the one that heads the row needs no name."""
    return {} if tag == "th" else {"data-label": str(column.header)}


def _as_text(content: Any) -> str | None:
    """What a rendered cell says; a dash is nothing."""
    if isinstance(content, SafeString):
        content = html.unescape(strip_tags(content.replace("<br>", "\n")))
    text = str(content).strip()
    return None if text in ("", DASH) else text


def _reader(column: Any) -> Callable[[Any], Any]:
    """What `row.get_cell` does for one column, with all that is the same for every row done once."""
    names, takes_all = signature(column.render)
    default, empty_values, content_of = column.default, column.column.empty_values, _content_of(column)

    def read(row: Any) -> Any:
        value = content_of(row.record)
        if value in empty_values:
            return default
        if takes_all or column.link:
            given = row._optional_cell_arguments(column, value)
            content = column.render(**(given if takes_all else {name: given[name] for name in names}))
            return column.link(content, **given) if column.link else content
        if names == ("record",):
            return column.render(record=row.record)
        if names == ("value",):
            return column.render(value=value)
        given = row._optional_cell_arguments(column, value)
        return column.render(**{name: given[name] for name in names})

    return read


def _content_of(column: Any) -> Callable[[Any], Any]:
    """The value of a column in a record, None where there is none; of a field with choices its words."""
    accessor = column.accessor
    *path, last = accessor.bits
    known: dict[type, str] = {}

    def choose(record: Any) -> str:
        """The name of what holds the words of the choice, "" for a field without choices."""
        try:
            field = accessor.get_field(record)
        except FieldDoesNotExist:
            return ""
        return f"get_{last}_display" if getattr(field, "choices", None) else ""

    def read(record: Any) -> Any:
        if not isinstance(record, Model):
            return accessor.resolve(record, quiet=True)
        if type(record) not in known:
            known[type(record)] = choose(record)
        try:
            holder = record
            for bit in path:
                holder = getattr(holder, bit)
            value = getattr(holder, known[type(record)] or last)
        except (AttributeError, ObjectDoesNotExist):
            return None
        return value() if callable(value) and not isinstance(value, Manager) else value

    return read


def _attributes(tag: str, attrs: dict[str, Any]) -> str:
    scope = {"scope": "row"} if tag == "th" else {}
    return flatatt({**scope, **{key: value for key, value in attrs.items() if value}})
