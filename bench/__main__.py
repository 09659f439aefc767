"""`python -m bench [NAME ...]`: measure all groups, or those named; exit code 1 when one is over."""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

import django

from bench.harness import Pair, Weight, report


def _pages() -> Iterable[Pair]:
    # Imported when Django is ready: it names models.
    from bench.pages import pages

    return pages()


def _entry() -> Iterable[Pair]:
    from bench.entry import entry

    return entry()


def _lists() -> Iterable[Pair]:
    from bench.lists import lists

    return lists()


def _matrix() -> Iterable[Pair]:
    from bench.matrix import matrix

    return matrix()


def _workbooks() -> Iterable[Pair]:
    from bench.workbooks import workbooks

    return workbooks()


def _charts() -> Iterable[Pair]:
    from bench.charts import charts

    return charts()


def _dashboard() -> Iterable[Pair | Weight]:
    from bench.dashboard import dashboard

    return dashboard()


def _documents() -> Iterable[Pair]:
    from bench.documents import documents

    return documents()


def _publishing() -> Iterable[Pair]:
    from bench.publishing import publishing

    return publishing()


# Each name stands for a function that yields the pairs of one subject.
GROUPS: dict[str, Callable[[], Iterable[Pair | Weight]]] = {
    "pages": _pages,
    "entry": _entry,
    "matrix": _matrix,
    "lists": _lists,
    "workbooks": _workbooks,
    "charts": _charts,
    "dashboard": _dashboard,
    "documents": _documents,
    "publishing": _publishing,
}


def pairs(names: list[str]) -> Iterator[Pair | Weight]:
    """The pairs of the groups named, or of all."""
    return chain.from_iterable(GROUPS[name]() for name in names or GROUPS)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(GROUPS)}")
    options = parser.parse_args()
    unknown = set(options.names) - set(GROUPS)
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    from bench.province import demo_province

    with demo_province():
        return 0 if report(pairs(options.names)) else 1


if __name__ == "__main__":
    sys.exit(main())
