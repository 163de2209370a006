"""A report that was sealed on its sender's own device: its key, and for whom that key is sealed."""

from __future__ import annotations

from django.db import models

from mohalla.foundation.identifiers import new_key
from mohalla.foundation.keys.models import DeskKey
from mohalla.foundation.reports.models.report import Report
from mohalla.foundation.units.models import Unit


class Sealed(models.Model):
    """`recipient` is the public half of the report's own key: everything about it is sealed to it.

    `identity`: name and number of a C3 reporter, sealed twice: the outer layer to the desk `outer`,
    what is inside it to the desk `inner`; two bodies open it together, or nobody. `peeled` is that
    inside, laid open by the outer desk when both agreed, and gone again after three days.
    """

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, primary_key=True, related_name="sealing"
    )
    recipient = models.CharField(max_length=80)
    identity = models.TextField(blank=True)
    inner = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    outer = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    peeled = models.TextField(blank=True)
    peeled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"sealed {self.report_id}"


class SealedKey(models.Model):
    """The report's private key, sealed to a desk's key, or to the reporter's receipt.

    A desk that gets the report later gets a row of its own from one that can open it.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sealed_keys")
    desk_key = models.ForeignKey(DeskKey, on_delete=models.PROTECT, null=True, related_name="+")
    sealed = models.TextField()
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "desk_key"], name="sealed_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} for {self.desk_key_id or 'the reporter'}"
