"""The key of one officer, and the boxes in which it lies."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from mohalla.foundation.identifiers import new_key
from mohalla.foundation.people.models import Officer, Passkey

RECIPIENT = 62  # characters of an age recipient of X25519: "age1…"


class OfficerKey(models.Model):
    """`recipient` is its public half. One is in force for an officer."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="keys")
    recipient = models.CharField(max_length=RECIPIENT, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_why = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["officer"], condition=Q(revoked_at=None), name="officer_key_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("made_at")),
                name="officer_key_revoked_after_made",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient} of {self.officer_id}"


class KeyBox(models.Model):
    """The private half, sealed (age, armoured) behind a passkey of the officer or a phrase."""

    class Kind(models.TextChoices):
        PASSKEY = "passkey"
        PHRASE = "phrase"

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    key = models.ForeignKey(OfficerKey, on_delete=models.PROTECT, related_name="boxes")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    passkey = models.ForeignKey(Passkey, on_delete=models.PROTECT, null=True, related_name="+")
    sealed = models.TextField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="passkey", passkey__isnull=False)
                | Q(kind="phrase", passkey__isnull=True),
                name="key_box_behind_its_passkey",
            ),
            models.UniqueConstraint(
                fields=["key", "passkey"],
                condition=Q(ended_at=None, kind="passkey"),
                name="key_box_once_behind_a_passkey",
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(ended_at=None, kind="phrase"),
                name="key_box_one_phrase",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.key_id}"
