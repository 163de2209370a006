"""The floor: one view, one insert or read, no middleware; same server, database, durability."""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpRequest, JsonResponse
from django.urls import path

from mohalla.site.options import database_from

settings.configure(
    SECRET_KEY="bare",
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    DATABASES={
        "default": database_from(os.environ.get("DATABASE_URL", ""), Path(os.environ["BARE_HOME"]))
        | ({} if os.environ.get("DATABASE_URL") else {"ENGINE": "django.db.backends.sqlite3"})
    },
    USE_TZ=True,
)
django.setup()


class Row(models.Model):
    body = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bare"

    def __str__(self) -> str:
        return str(self.pk)


def view(request: HttpRequest) -> JsonResponse:
    row = Row.objects.create(body=request.body.decode())
    return JsonResponse({"id": row.pk}, status=201)


def read(request: HttpRequest, key: int) -> JsonResponse:
    row = Row.objects.get(pk=key)
    return JsonResponse({"id": row.pk, "body": row.body, "at": row.at})


def prepare(rows: int = 0) -> None:
    """Make the table anew, with some rows."""
    with connection.schema_editor() as editor:
        if Row._meta.db_table in connection.introspection.table_names():
            editor.delete_model(Row)
        editor.create_model(Row)
    Row.objects.bulk_create(Row(body=f"report {number}") for number in range(rows))


urlpatterns = [path("reports", view), path("reports/<int:key>", read)]
application = get_wsgi_application()
