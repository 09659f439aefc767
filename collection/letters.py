"""The e-mail of a reminder: one plain letter for each person, however many phiếu it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils.translation import ngettext, override

from collection.models import Submission
from schools.models import User

# Whoever presses the button may read English; whoever gets the letter is not asked.
LETTER_LANGUAGE = "vi"


@dataclass(frozen=True)
class Letter:
    """To whom, and about which submissions."""

    person: User
    submissions: tuple[Submission, ...]


def send_reminders(letters: Iterable[Letter], *, sender: User, home: str, today: dt.date) -> int:
    """Send to everybody who has an address, over one connection; how many letters went out."""
    with override(LETTER_LANGUAGE):
        messages = [
            _message(letter, sender=sender, home=home, today=today)
            for letter in letters
            if letter.person.email
        ]
    if not messages:
        return 0
    return get_connection().send_messages(messages) or 0


def _message(letter: Letter, *, sender: User, home: str, today: dt.date) -> EmailMessage:
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
