"""What entries of registers are found by: one text for each, with what it says newest."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("kernel", "0009_stopped"),)
    operations = (
        migrations.CreateModel(
            name="SoughtEntry",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="sought",
                        serialize=False,
                        to="kernel.registerentry",
                    ),
                ),
                ("text", models.TextField()),
                ("open", models.IntegerField()),
                ("declared", models.TextField()),
            ],
        ),
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        ),
    )
