"""The first owner is the promise's own: each change learns from whom, the first rows go."""

from django.db import migrations


def fill(apps, schema_editor):
    change = apps.get_model("promises", "OwnerChange")
    before, first = None, []
    for row in change.objects.order_by("promise_id", "at", "pk"):
        if before is None or before.promise_id != row.promise_id:
            first.append(row.pk)
        else:
            row.from_unit_id, row.from_officer_id = before.unit_id, before.officer_id
            row.save(update_fields=["from_unit", "from_officer"])
        before = row
    for start in range(0, len(first), 500):
        change.objects.filter(pk__in=first[start : start + 500]).delete()


class Migration(migrations.Migration):
    dependencies = [("promises", "0002_owner_changes")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
