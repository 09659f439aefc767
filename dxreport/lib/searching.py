"""Conditions of a search over a column that holds folded text (`dxreport.lib.folding`)."""

from django.db.models import Q

from .folding import fold


def holds_words(field: str, text: str) -> Q:
    """Rows whose folded `field` holds every word of `text`: "thpt truong" finds "Trường THPT"."""
    found = Q()
    for word in fold(text).split(" "):
        found &= Q(**{f"{field}__contains": word})
    return found
