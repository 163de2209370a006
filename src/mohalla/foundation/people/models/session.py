"""Where an account is signed in, and what its officer should be told."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mohalla.foundation.identifiers import new_key
from mohalla.foundation.people.models.account import Account
from mohalla.foundation.people.models.passkey import Passkey


class Session(models.Model):
    """One sign-in until its end. No address is kept; of the browser only its make and system."""

    class Means(models.TextChoices):
        PASSKEY = "passkey", _("passkey")
        PASSWORD = "password", _("password and code")
        DEMO = "demo", _("demonstration")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sessions")
    means = models.CharField(max_length=10, choices=Means.choices)
    passkey = models.ForeignKey(
        Passkey, on_delete=models.SET_NULL, null=True, related_name="sessions"
    )
    device = models.CharField(max_length=40, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    proved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=12, blank=True)

    class Meta:
        indexes = [models.Index(fields=["account", "ended_at"], name="session_of_account")]

    def __str__(self) -> str:
        return f"{self.account_id} since {self.began_at:%Y-%m-%d %H:%M}"


class Notice(models.Model):
    """Something about an account that its officer, and at times who keeps accounts, must know."""

    class What(models.TextChoices):
        COUNTER_BACK = "counter_back", _("A passkey counted backwards: it may have been copied")
        PASSKEY_MADE = "passkey_made", _("A passkey was made")
        PASSKEY_REMOVED = "passkey_gone", _("A passkey was removed")
        REMOVED_BY_KEEPER = "keeper_gone", _("Whoever keeps accounts removed a passkey")
        INVITED = "invited", _("An invitation to make a passkey was given out")
        PASSWORD_SET = "password_set", _("Password and codes were set anew")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="notices")
    what = models.CharField(max_length=12, choices=What.choices)
    about = models.CharField(max_length=60, blank=True)  # name of the passkey
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)  # shown to the officer

    class Meta:
        indexes = [models.Index(fields=["account", "at"], name="notice_of_account")]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"
