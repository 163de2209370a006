"""How a reporter may be reached: apart from the report, removable."""

from __future__ import annotations

from django.db import models

from mohalla.foundation.identifiers import new_key
from mohalla.foundation.reports.models.report import Report


class Contact(models.Model):
    """The value is always sealed; `lookup` is its keyed hash."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="contacts", db_constraint=False
    )
    kind = models.CharField(max_length=5)
    value_sealed = models.TextField()
    lookup = models.CharField(max_length=64)
    safe_from = models.PositiveSmallIntegerField(null=True)
    safe_to = models.PositiveSmallIntegerField(null=True)
    discreet = models.BooleanField(default=True)
    way = models.CharField(max_length=4, default="sms")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["lookup", "added_at"], name="contact_lookup")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.report_id}"
