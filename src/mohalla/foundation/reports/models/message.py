"""The conversation about a report, both ways, as rows that stay."""

from __future__ import annotations

from django.db import models

from mohalla.foundation.identifiers import new_key
from mohalla.foundation.people.models import Officer
from mohalla.foundation.reports.models.report import Report


class Message(models.Model):
    """`body` is sealed where the report's envelope is not `none`."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="messages")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True)  # None: the reporter
    door = models.CharField(max_length=10)
    body = models.TextField()
    sealed = models.BooleanField()
    template = models.CharField(max_length=40, blank=True)  # a reply made only of a template
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["report", "at"], name="message_of_report")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.at:%Y-%m-%d %H:%M}"
