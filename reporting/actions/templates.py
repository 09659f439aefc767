"""Putting a template of documents in the place of the delivered one, and going back to that."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from reporting.document_templates import KINDS
from reporting.models import DocumentTemplate
from reporting.models.templates import DocumentTemplateQuerySet
from schools.access import require
from schools.actions import record_event
from schools.models import OrgUnit, User
from schools.roles import Permission

NAME_LENGTH = 200
# The trail is read for years by everybody: it does not take on the language of whoever acted.
TRAIL_LANGUAGE = "vi"


class TemplateUnfit(Exception):
    """A file that cannot be used; `problems` are sentences."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class TemplateConflict(Exception):
    """There is nothing to take back: somebody else has done it, or another file is in use by now."""


def keep_template(
    *, unit: OrgUnit, kind: DocumentTemplate.Kind, data: bytes, file_name: str, by: User
) -> DocumentTemplate:
    """Check a file and use it from now on, for `unit` and those below; the one before it is kept as history.

    Raises PermissionDenied, TemplateUnfit.
    """
    require(by, unit, Permission.MANAGE_TEMPLATES)
    problems = KINDS[kind].check(data)  # takes a second, so before anything is locked
    if problems:
        raise TemplateUnfit(problems)
    with transaction.atomic():
        now = timezone.now()
        _in_use(unit, kind).update(retired_at=now)
        kept = DocumentTemplate.objects.create(
            unit=unit,
            kind=kind,
            file_name=file_name[:NAME_LENGTH],
            data=data,
            sha256=hashlib.sha256(data).hexdigest(),
            uploaded_by=by,
            uploaded_at=now,
        )
        _record("template.replace", kept, by)
    return kept


@transaction.atomic
def retire_template(*, unit: OrgUnit, kind: DocumentTemplate.Kind, by: User) -> None:
    """Go back to the template of the unit above, or to the delivered one.

    Raises PermissionDenied, TemplateConflict.
    """
    require(by, unit, Permission.MANAGE_TEMPLATES)
    template = _in_use(unit, kind).first()
    if template is None:
        raise TemplateConflict(
            _("Đơn vị không dùng mẫu riêng nên không có gì để bỏ. Hãy tải lại trang để xem mẫu đang dùng.")
        )
    DocumentTemplate.objects.filter(pk=template.pk).update(retired_at=timezone.now())
    _record("template.retire", template, by)


def _in_use(unit: OrgUnit, kind: DocumentTemplate.Kind) -> DocumentTemplateQuerySet:
    """The unit's template, with the unit locked: of two people the second finds what the first left."""
    OrgUnit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    return DocumentTemplate.objects.current().filter(unit=unit, kind=kind)


def _record(action: str, template: DocumentTemplate, by: User) -> None:
    with override(TRAIL_LANGUAGE):
        subject = _("Mẫu %(kind)s của %(unit)s") % {
            "kind": template.get_kind_display(),
            "unit": template.unit.name,
        }
        record_event(
            by=by,
            action=action,
            subject=subject[:NAME_LENGTH],
            unit_code=template.unit.code,
            detail={"file": template.file_name, "sha256": template.sha256},
        )
