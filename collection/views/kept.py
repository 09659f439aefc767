"""What was typed when the session had ended: held until the person has signed in again.

It lies in the browser's (still anonymous) session, which signing in takes over. A post gets
this far only with the token of a page of ours, so no other site can put anything here.
"""

from __future__ import annotations

from django.http import HttpRequest, QueryDict

from collection.parsing import kept_fields

SESSION_KEY = "typed_before_sign_in"
LONGEST = 300_000  # characters; a form of 100 cells is a tenth of it
MOST = 3  # pages


def keep(request: HttpRequest) -> None:
    """Hold the typed fields of this post for its own address."""
    fields = kept_fields(request.POST)
    if sum(len(text) for texts in fields.values() for text in texts) > LONGEST:
        return
    held = dict(request.session.get(SESSION_KEY, {}))
    held.pop(request.path, None)
    held[request.path] = fields
    request.session[SESSION_KEY] = dict(list(held.items())[-MOST:])


def recall(request: HttpRequest) -> QueryDict | None:
    """The fields held for this address, as a post; None when there are none."""
    fields = request.session.get(SESSION_KEY, {}).get(request.path)
    if fields is None:
        return None
    post = QueryDict(mutable=True)
    for name, texts in fields.items():
        post.setlist(name, texts)
    return post


def forget(request: HttpRequest) -> None:
    """Drop what was held for this address."""
    held = dict(request.session.get(SESSION_KEY, {}))
    if held.pop(request.path, None) is not None:
        request.session[SESSION_KEY] = held
