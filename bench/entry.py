"""The school's form: a page of 100 inputs, and one cell saved on leaving it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

from django.test import Client

from bench.harness import Pair
from bench.pages import page, signed_in, statements
from bench.wide import NOW, count_of, officer, submissions, wide_form
from collection import actions
from collection.entries import Entry
from collection.models import DataValue, Submission
from indicators.models import DataElement
from reporting.demo.accounts import OFFICER


def entry() -> Iterator[Pair]:
    """The form as it is filled in, against a loop over the same inputs; a cell against a bare upsert."""
    wide_form()
    form = submissions(NOW)[0]
    _fill(form)
    client = signed_in(OFFICER)
    read = page(client, f"/submissions/{NOW}/{form.org_unit.code}/{form.form.code}/")
    yield Pair(
        "form of 100 inputs / bare loop over the same inputs",
        subject=read,
        baseline=page(client, f"/bench/inputs/{form.pk}/"),
        limit=2.5,
        statements=statements(read),
    )
    yield _saving(client, form)


def _fill(form: Submission) -> None:
    elements = DataElement.objects.filter(code__startswith="count_").order_by("code")
    actions.save_values(
        submission=form,
        entries=[Entry(one.code, number=count_of(n, form.org_unit_id)) for n, one in enumerate(elements)],
        by=officer(),
        source=DataValue.Source.FORM,
    )


def _saving(client: Client, form: Submission) -> Pair:
    """Both write a new number every time, with the version that the last answer gave them."""
    numbers = count(500)
    versions = {"count_050": 1, "count_051": 1}
    address = f"/submissions/{NOW}/{form.org_unit.code}/{form.form.code}/cells/"
    bare = f"/bench/upsert/{form.pk}/{DataElement.objects.get(code='count_051').pk}/"
    explained = {"explanation": "đã kiểm đếm lại"}

    def save() -> None:
        cell = {"value": str(next(numbers)), "base": str(versions["count_050"]), **explained}
        answer = _post(client, address, {"cells": {"count_050": cell}})["cells"]["count_050"]
        if answer["state"] != "saved":
            raise RuntimeError(answer)
        versions["count_050"] = int(answer["version"])

    def upsert() -> None:
        cell = {"value": next(numbers), "base": versions["count_051"], **explained}
        versions["count_051"] = _post(client, bare, cell)["version"]

    save()  # what stays in memory is read once
    signing_in = statements(page(client, "/bench/no-query/"))
    return Pair(
        "one cell saved / bare versioned upsert",
        subject=save,
        baseline=upsert,
        limit=2,
        statements=statements(save) - signing_in,
        most_statements=6,
        rounds=60,
    )


def _post(client: Client, address: str, body: object) -> dict[str, Any]:
    response = client.post(address, json.dumps(body), content_type="application/json")
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code} {response.content.decode()[:200]}")
    answer: dict[str, Any] = response.json()
    return answer
