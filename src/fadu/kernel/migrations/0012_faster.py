"""Rights that are looked up, not gone through; whole numbers in the index over texts."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("kernel", "0011_law_rehearsals"),)
    operations = (
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        ),
    )
