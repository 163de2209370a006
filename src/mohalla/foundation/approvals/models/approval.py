"""What was asked of two bodies, and what each of those who were asked said."""

from __future__ import annotations

from django.db import models

from mohalla.foundation.identifiers import new_key
from mohalla.foundation.people.models import Officer
from mohalla.foundation.units.models import Unit


class Approval(models.Model):
    """One act on one subject with exactly these arguments; never edited, but that it was done.

    `room` and `subject` name the matter as promises do. `arguments` are codes and ids, no words.
    `asked_by` is empty where the keeper of the machine asks: then two answers are needed. `asked_of`
    is the desk that is asked; empty: the heads of all bodies.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    act = models.CharField(max_length=20)
    room = models.CharField(max_length=20)
    subject = models.CharField(max_length=40)
    sensitivity = models.CharField(max_length=2, blank=True)  # of the matter, when it was asked
    arguments = models.JSONField(default=dict)
    reason = models.TextField()
    sealed = models.BooleanField()  # the reasons, here and in the answers
    asked_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    asked_for = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    asked_of = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["room", "subject", "asked_at"], name="approval_subject")]

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"


class Answer(models.Model):
    """One person's yes or no, for the unit that gave the right to say it. Append-only."""

    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="answers")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    yes = models.BooleanField()
    why = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["approval", "officer"], name="answer_once")]

    def __str__(self) -> str:
        return f"{'yes' if self.yes else 'no'} by {self.officer_id}"
