"""Signing in: accounts are given, never self-made; demo accounts open only in development."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from schools.models.people import user_with_memberships


class AccountBackend(AuthenticationBackend):
    """Accepts active accounts. A demo account, whose password is printed, needs DEBUG.

    Asked on every request, so a demo session ends as soon as DEBUG does.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        """The account of these credentials; None when there is none, or when it is closed.

        django-allauth remembers who gave the right password of an account that may not sign in,
        and opens a session to show them a page about it. A demo account gets no session, and no
        answer from which to learn that its password was right.
        """
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        refused = self.unstash_authenticated_user()
        if refused is not None and not is_closed_demo(refused):
            self._stash_user(refused)
        return user

    def get_user(self, user_id: Any) -> AbstractBaseUser | None:
        """The account of a session, with what it may do, unless it is closed."""
        user = user_with_memberships(int(user_id))
        return user if user is not None and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        return not is_closed_demo(user) and bool(super().user_can_authenticate(user))


def is_closed_demo(user: AbstractBaseUser | None) -> bool:
    """Whether `user` is a demo account on a machine that is not a developer's."""
    return bool(getattr(user, "is_demo", False)) and not settings.DEMO_ACCOUNTS_OPEN


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Nobody makes an account for themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
