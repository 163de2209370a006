"""How staff sign in."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from mohalla.foundation.people.models.officer import Officer


class AccountManager(BaseUserManager["Account"]):
    """Accounts are made by an action; this is what Django's sign-in needs."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(name=username)


class Account(AbstractBaseUser):
    """Name, password and second factor of one officer; residents never have one."""

    name = models.CharField(max_length=60, unique=True)
    officer = models.OneToOneField(Officer, on_delete=models.PROTECT, null=True)
    is_active = models.BooleanField(default=True)
    administers = models.BooleanField(default=False)  # keeps units, rosters and accounts
    totp_sealed = models.TextField(blank=True)
    totp_last = models.BigIntegerField(default=0)  # time step of the last code: none works twice
    failures = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)  # the last failure
    locked_until = models.DateTimeField(null=True)  # for password and code only, never for passkeys
    refused = models.PositiveIntegerField(default=0)  # tries since the last sign-in
    handle = models.UUIDField(unique=True, default=uuid4)  # what passkeys call the account

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[Any] = AccountManager()

    def __str__(self) -> str:
        return self.name
