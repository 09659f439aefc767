"""Signing in: accounts are given, never self-made; demo accounts open only in development."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


class AccountBackend(AuthenticationBackend):
    """Accepts active accounts. A demo account, whose password is printed, needs DEBUG.

    Asked on every request, so a demo session ends as soon as DEBUG does.
    """

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        if getattr(user, "is_demo", False) and not settings.DEMO_ACCOUNTS_OPEN:
            return False
        return bool(super().user_can_authenticate(user))


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Nobody makes an account for themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
