"""What the police owe: to whom, what, by whom, due when, how it ended, said by whom."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from mohalla.foundation.identifiers import new_key
from mohalla.foundation.people.models import Officer
from mohalla.foundation.units.models import Barred, Unit


class State(models.TextChoices):
    OPEN = "open", _("open")
    KEPT = "kept", _("kept")
    CLAIMED = "claimed", _("claimed, not confirmed")
    TRIED = "tried", _("tried in time")
    BROKEN = "broken", _("broken")
    WAIVED = "waived", _("waived by you")
    ENDED = "ended", _("ended")


class PromiseQuerySet(models.QuerySet["Promise"]):
    def open(self) -> Self:
        return self.filter(state=State.OPEN)

    def seen_by(self, *, officer: int, units: set[int]) -> Self:
        """Owed by these desks, in matters that this officer is not barred from."""
        barred = Barred.objects.filter(
            room=OuterRef("room"), subject=OuterRef("subject"), officer_id=officer
        )
        return self.filter(unit__in=units).exclude(Exists(barred))


class Promise(models.Model):
    """`room` and `subject` name what it is about; `site` turns that into a link.

    The due time never changes: a new time is a new promise. The owner may change, as a row.
    `next_at` is when the clock must look again; a resting clock (the person was asked and has not
    answered) has none.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    room = models.CharField(max_length=20)
    subject = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    to = models.CharField(max_length=10, default="person")  # person | community | public
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    urgent = models.BooleanField(default=False)  # climbs by the hour
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    rests_since = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    after = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="then", db_index=False
    )

    objects = PromiseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="open"), name="promise_next"),
            models.Index(
                fields=["unit", "due_at"], condition=Q(state="open"), name="promise_queue"
            ),
            models.Index(
                fields=["officer", "due_at"], condition=Q(state="open"), name="promise_owner"
            ),
            models.Index(
                fields=["unit", "made_at"], condition=Q(kind="answer"), name="promise_answers"
            ),
            models.Index(fields=["room", "subject"], name="promise_subject"),
            models.Index(fields=["after"], condition=Q(after__isnull=False), name="promise_after"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None) | (~Q(state="open") & ~Q(ended_at=None)),
                name="promise_end_has_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} due {self.due_at:%Y-%m-%d %H:%M} {self.state}"


class OwnerChange(models.Model):
    """Who owed it until then and who owes it since; a promise without one has its first owner."""

    promise = models.ForeignKey(
        Promise, on_delete=models.CASCADE, related_name="owners", db_index=False
    )
    from_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    from_officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    why = models.CharField(max_length=40)
    by = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["promise", "at"], name="owner_of_promise")]

    def __str__(self) -> str:
        return f"{self.promise_id} from {self.at:%Y-%m-%d %H:%M}"


class Step(models.Model):
    """What the clock did with a promise: each at most once, whatever restarts or jumps come."""

    class Kind(models.TextChoices):
        HALF = "half"
        EIGHTY = "eighty"
        BROKEN = "broken"

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["promise", "kind"], name="step_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.promise_id}"
