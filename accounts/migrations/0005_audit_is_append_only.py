"""Make the database refuse to change or delete an audit event."""

from django.db import migrations

from accounts import append_only


def install(apps, schema_editor):
    append_only.install(schema_editor.connection)


def remove(apps, schema_editor):
    append_only.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_addresses_vouched_for")]
    operations = [migrations.RunPython(install, remove)]
