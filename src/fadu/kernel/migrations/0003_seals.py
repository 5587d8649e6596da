"""The seals over the record: leaves, kept nodes of the tree, signed heads, public keys; all insert-only."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("kernel", "0002_record"),)
    operations = (
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        ),
    )
