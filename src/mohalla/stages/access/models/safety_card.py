"""What somebody set up before danger: who is told, and her two words for "safe"."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mohalla.foundation.identifiers import new_key
from mohalla.foundation.places.models import Place
from mohalla.foundation.reports.models import Report


class SafetyCard(models.Model):
    """Found by its number (twelve digits, kept as a keyed hash) or by her phone, once she has
    answered from it. `name` is what those she trusts read. Words are keyed hashes."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    lookup = models.CharField(max_length=64, unique=True)
    phone_lookup = models.CharField(max_length=64, blank=True)
    phone = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True)
    name = models.TextField()
    language = models.CharField(max_length=8)
    place = models.ForeignKey(
        Place, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    safe_word = models.CharField(max_length=64, blank=True)
    warning_word = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["phone_lookup"], condition=Q(confirmed_at__isnull=False),
                name="card_of_phone_once",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["phone_lookup"], name="card_by_phone")]

    def __str__(self) -> str:
        return f"card {self.lookup[:8]}"


class TrustedContact(models.Model):
    """Somebody whom she wants to be told; a phone that sent STOP is not."""

    card = models.ForeignKey(SafetyCard, on_delete=models.CASCADE, related_name="trusted")
    lookup = models.CharField(max_length=64)
    number = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "lookup"], name="trusted_once")]

    def __str__(self) -> str:
        return f"trusted by {self.card_id}"


class CardCall(models.Model):
    """With which card help was called: her words for "safe" are compared with it."""

    report = models.OneToOneField(
        Report, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    card = models.ForeignKey(SafetyCard, on_delete=models.CASCADE, related_name="calls")

    def __str__(self) -> str:
        return f"{self.report_id} by {self.card_id}"
