"""A key on an officer's own phone, computer or stick, that opens one account."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from mohalla.foundation.identifiers import new_key
from mohalla.foundation.people.models.account import Account


class Passkey(models.Model):
    """The public half; the private one never leaves the officer's device.

    The row stays after its removal: sealed keys refer to it, and the history names it. `prf`: the
    device can also give a secret to the browser, behind which an officer's key for sealed reports
    may be kept.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="passkeys")
    credential = models.CharField(max_length=1400, unique=True)  # base64url, as browsers write it
    public_key = models.BinaryField(max_length=2048)  # COSE
    sign_count = models.BigIntegerField(default=0)
    name = models.CharField(max_length=60)
    transports = models.JSONField(default=list)
    prf = models.BooleanField(default=False)
    may_be_copied = models.BooleanField(default=False)  # fixed for the life of a passkey
    backed_up = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(removed_at__gte=F("made_at")),
                name="passkey_removed_after_made",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.account_id})"


class Challenge(models.Model):
    """A question that a passkey must sign: for one purpose, one browser session, once, soon."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    value = models.CharField(max_length=64)
    purpose = models.CharField(max_length=12)
    browser = models.CharField(max_length=64)  # hash of the browser's session
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.purpose} until {self.expires_at:%H:%M:%S}"


class Invitation(models.Model):
    """Twenty digits that let a new officer make the first passkey: once, and for a day."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    lookup = models.CharField(max_length=64, unique=True)  # keyed hash of the digits
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"for {self.account_id}, until {self.expires_at:%Y-%m-%d %H:%M}"
