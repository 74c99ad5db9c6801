from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('rfp', '0020_tenders'),
    ]

    operations = [
        migrations.DeleteModel(name='ReadQuestion'),
        migrations.DeleteModel(name='AskedReading'),
    ]
