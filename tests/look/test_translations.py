"""Vietnamese of the packages: complete for the pages that people reach, compiled, and not stale."""

import gettext
import re
from pathlib import Path

import allauth
import django
import django_filters
import pytest
from django.conf import settings

FOLDER = settings.BASE_DIR / "dxreport" / "lib" / "package_locale" / "vi" / "LC_MESSAGES"
PACKAGES = [Path(str(package.__file__)).parent for package in (allauth, django, django_filters)]
# Forms and views of django-allauth that are open; our own templates are Vietnamese in the source.
REACHED = [
    "account/forms.py",
    "account/adapter.py",
    "account/fields.py",
    "mfa/adapter.py",
    "mfa/base/forms.py",
    "mfa/totp/forms.py",
    "mfa/recovery_codes/forms.py",
    "templates/account/base_reauthenticate.html",
    "templates/account/email.html",
    "templates/account/email_confirm.html",
    "templates/account/password_reset_done.html",
    "templates/account/password_reset_from_key.html",
    "templates/account/password_reset_from_key_done.html",
    "templates/account/password_set.html",
    "templates/account/verification_sent.html",
    "templates/account/messages/*.txt",
    "templates/account/email/password_reset_key_*.txt",
    "templates/account/email/unknown_account_subject.txt",
    "templates/mfa/reauthenticate.html",
    "templates/mfa/messages/*.txt",
    "templates/mfa/totp/base.html",
    "templates/mfa/recovery_codes/base.html",
]
# Doors that are closed here: sign-up, telephone numbers, passkeys, sign-in codes.
CLOSED = re.compile(
    r"phone|sign ?up|passkey|webauthn|security key|sign-in code|optional|key nr|master key|backup key", re.I
)
LITERAL = re.compile(
    r"""(?:_|gettext|gettext_lazy)\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)"""
    r"""|\{%\s*trans(?:late)?\s+["'](.+?)["']\s*%\}"""
    r"""|\{%\s*blocktrans(?:late)?[^%]*%\}(.+?)\{%\s*endblocktrans""",
    re.S,
)


def messages(path: Path) -> list[str]:
    """The sentences that a file asks to be translated, as their msgids."""
    found = []
    for code, tag, block in LITERAL.findall(path.read_text()):
        if code:
            found.append("".join(re.findall(r'"((?:[^"\\]|\\.)*)"', code)))
        else:
            found.append(tag or re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", block))
    return found


@pytest.fixture(scope="module")
def vietnamese() -> gettext.GNUTranslations:
    with (FOLDER / "django.mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled)


def entries() -> list[str]:
    """The msgids of django.po without those of a context, unescaped."""
    blocks = (FOLDER / "django.po").read_text().split("\n\n")
    found = (re.search(r'^msgid "(.+)"$', block, re.M) for block in blocks if "msgctxt" not in block)
    return [match[1].replace('\\"', '"').replace("\\n", "\n") for match in found if match]


@pytest.mark.parametrize("pattern", REACHED)
def test_what_people_reach_is_in_vietnamese(pattern, vietnamese):
    root = PACKAGES[0]
    paths = list(root.glob(pattern))
    assert paths
    missing = {
        message
        for path in paths
        for message in messages(path)
        if not CLOSED.search(message) and vietnamese.gettext(message) == message
    }
    # Said with a context of its own.
    assert missing - {"Login"} == set()


def test_the_compiled_file_is_that_of_the_source(vietnamese):
    assert entries()
    assert [message for message in entries() if vietnamese.gettext(message) == message] == []


def test_every_sentence_still_exists_in_its_package():
    sources = [
        path.read_text()
        for root in PACKAGES
        for pattern in ("**/*.py", "**/*.html", "**/*.txt")
        for path in root.glob(pattern)
        if "locale" not in path.parts
    ]
    everything = re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", re.sub(r'"\s+"', "", "\n".join(sources)))

    assert [message for message in entries() if message not in everything] == []
