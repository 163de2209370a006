"""A photograph, a voice note, a document: the original, byte for byte."""

from __future__ import annotations

from django.db import models

from mohalla.foundation.identifiers import new_key
from mohalla.foundation.reports.models.report import Report


class Attachment(models.Model):
    """Uploaded before the report is sent; belongs to one report from then on."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, null=True, related_name="attachments"
    )
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=40)
    uploaded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["report", "uploaded_at"], name="attachment_unclaimed")]

    def __str__(self) -> str:
        return f"{self.media_type} {self.size}"
