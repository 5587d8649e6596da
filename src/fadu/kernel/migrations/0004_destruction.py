"""Erasing values behind their digests, only as an act of destruction in the record says."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("kernel", "0003_seals"),)
    operations = (
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        ),
    )
