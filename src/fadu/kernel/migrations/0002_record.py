"""Rights by row, append-only record, the functions for reading and writing a case, grants of the three roles."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("kernel", "0001_initial"),)
    operations = (
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        ),
    )
