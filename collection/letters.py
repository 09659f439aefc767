"""The e-mail of a reminder: one plain letter for each person, however many phiếu it is about."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import ngettext, override

from collection.models import Submission
from schools.models import User

log = logging.getLogger(__name__)

# Whoever presses the button may read English; whoever gets the letter is not asked.
LETTER_LANGUAGE = "vi"


@dataclass(frozen=True)
class Letter:
    """To whom, and about which submissions."""

    person: User
    submissions: tuple[Submission, ...]


def send_reminders(letters: Iterable[Letter], *, sender: User, home: str) -> int:
    """Send to everybody who has an address, over one connection; how many letters went out.

    An address that the server refuses keeps nobody else's letter back. Raises OSError where there is
    no server to talk to, or none any more.
    """
    with override(LETTER_LANGUAGE):
        messages = [_message(letter, sender=sender, home=home) for letter in letters if letter.person.email]
    if not messages:
        return 0
    with get_connection() as server:
        return sum(_sent(message, server) for message in messages)


def _sent(message: EmailMessage, server: BaseEmailBackend) -> int:
    try:
        return server.send_messages([message]) or 0
    except (SMTPRecipientsRefused, SMTPResponseException):
        log.exception("A reminder could not be sent")
        return 0


def _message(letter: Letter, *, sender: User, home: str) -> EmailMessage:
    today = timezone.localdate()
    count = len(letter.submissions)
    subject = ngettext("Nhắc nộp %(count)s phiếu báo cáo", "Nhắc nộp %(count)s phiếu báo cáo", count)
    context = {
        "person": letter.person,
        "sender": sender,
        "home": home,
        "lines": [
            (row, row.deadline.words(today))
            for row in sorted(
                letter.submissions, key=lambda row: (row.due_on, row.org_unit.code, row.form.position)
            )
        ],
    }
    body = render_to_string("collection/email/reminder.txt", context)
    return EmailMessage(subject % {"count": count}, body, to=[letter.person.email])
