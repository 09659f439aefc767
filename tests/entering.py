"""A browser that is signed in without the sign-in page."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext

from schools.models import User


def enter(context: BrowserContext, person: User, base_url: str) -> None:
    """Give a browser the session of `person` in place of the one it has, without the sign-in page."""
    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": base_url}])
