"""Jobs of the installation itself."""

from __future__ import annotations

from django.core.management import call_command
from django_tasks import task

from mohalla.foundation.jobs.failing import plainly
from mohalla.foundation.jobs.retention import TABLE


@task()
@plainly
def forget_results() -> None:
    """Results of jobs past their time, and sessions that ended."""
    days = TABLE["result of a job"].span.days
    call_command("prune_db_task_results", min_age_days=days, queue_name="*", verbosity=0)
    call_command("clearsessions", verbosity=0)
