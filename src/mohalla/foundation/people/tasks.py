"""Forgetting what signing in leaves behind; safe to run twice."""

from __future__ import annotations

from django.db.models import Q
from django_tasks import task

from mohalla.foundation import clock
from mohalla.foundation.jobs.failing import plainly
from mohalla.foundation.jobs.retention import TABLE
from mohalla.foundation.people.models import Challenge, Invitation, Notice, Session


@task()
@plainly
def forget() -> None:
    """Sign-ins and notices past their time; questions and invitations nobody can answer any more."""
    at = clock.now()
    ended, told = TABLE["ended sign-in"].before(at), TABLE["notice about an account"].before(at)
    Session.objects.filter(Q(ended_at__lt=ended) | Q(seen_at__lt=ended)).delete()
    Notice.objects.filter(told_at__lt=told).delete()
    Challenge.objects.filter(expires_at__lt=at).delete()
    Invitation.objects.filter(Q(expires_at__lt=at) | Q(used_at__lt=at)).delete()
