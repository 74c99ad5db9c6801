from django.db import migrations


def record(apps, schema_editor):
    """Give every answer the version that is in use, so that its history begins with what it said."""
    LibraryAnswer = apps.get_model("evidence", "LibraryAnswer")
    AnswerVersion = apps.get_model("evidence", "AnswerVersion")
    AnswerVersion.objects.bulk_create(
        (
            AnswerVersion(
                of_id=row.pk,
                number=row.version,
                question=row.question,
                answer=row.answer,
                comment=row.comment,
                owner=row.owner,
                reviewed_on=row.reviewed_on,
                product=row.product,
                region=row.region,
                audience=row.audience,
                evidence_id=row.evidence_id,
                state="approved",
                written_at=row.approved_at,
                decided_by_id=row.approved_by_id,
                decided_at=row.approved_at,
                note=f"Imported from {row.source}." if row.source else "",
            )
            for row in LibraryAnswer.objects.filter(versions=None)
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [('evidence', '0002_answer_versions')]

    operations = [migrations.RunPython(record, migrations.RunPython.noop)]
