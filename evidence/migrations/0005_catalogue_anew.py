"""Empty the mirror of the shipped data files: its tables take another shape, and ``load_catalogue`` fills them again."""

from django.db import migrations


def empty(apps, schema_editor):
    for name in ("Crosswalk", "Control", "Requirement", "CatalogueRelease"):
        apps.get_model("evidence", name).objects.all().delete()
    frameworks = apps.get_model("evidence", "Framework").objects
    frameworks.update(superseded_by=None)
    frameworks.all().delete()


class Migration(migrations.Migration):
    dependencies = [("evidence", "0004_drafts_and_checks")]

    operations = [migrations.RunPython(empty, migrations.RunPython.noop)]
