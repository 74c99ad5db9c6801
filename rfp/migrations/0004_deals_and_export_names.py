"""A questionnaire is one buyer's: the same standard form of a second buyer is a deal of its own."""

from django.db import migrations, models


def fill(apps, schema_editor):
    for row in apps.get_model("rfp", "Questionnaire").objects.only("buyer"):
        row.buyer_key = " ".join(row.buyer.split()).casefold()
        row.save(update_fields=["buyer_key"])
    for row in apps.get_model("rfp", "Export").objects.select_related("file"):
        row.name = row.file.name
        row.save(update_fields=["name"])


class Migration(migrations.Migration):
    dependencies = [("rfp", "0003_decision_vectors")]

    operations = [
        migrations.AddField(
            model_name="questionnaire",
            name="buyer_key",
            field=models.CharField(
                blank=True, default="", help_text="The buyer as deals are told apart by it.", max_length=600
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="export",
            name="name",
            field=models.CharField(
                default="",
                help_text="Under which it is handed out; the same bytes may have several.",
                max_length=255,
            ),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="questionnaire", name="questionnaire_file_is_imported_once"),
        migrations.AddConstraint(
            model_name="questionnaire",
            constraint=models.UniqueConstraint(
                fields=("organisation", "file", "buyer_key"), name="questionnaire_file_is_imported_once_per_buyer"
            ),
        ),
    ]
