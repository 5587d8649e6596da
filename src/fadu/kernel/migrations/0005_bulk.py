"""Bulk acts: the imports and the rows they made; mirrored cases, which have no chain before their first own act."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = (("kernel", "0004_destruction"),)
    operations = (
        migrations.CreateModel(
            name="Bulk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("target", models.TextField()),
                ("organ", models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to="kernel.organ")),
                ("stream", models.ForeignKey(on_delete=PROTECT, to="kernel.stream")),
                ("position", models.IntegerField()),
                ("file", models.ForeignKey(null=True, on_delete=PROTECT, to="kernel.file")),
                ("rows", models.IntegerField(default=0)),
                ("made", models.DateTimeField()),
                ("taken_back", models.IntegerField(null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("stream", "position"), name="bulk_event")],
            },
        ),
        migrations.CreateModel(
            name="Matched",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "bulk_id", "row", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("bulk", models.ForeignKey(on_delete=PROTECT, related_name="+", to="kernel.bulk", db_index=False)),
                ("row", models.IntegerField()),
                ("case", models.ForeignKey(on_delete=PROTECT, related_name="+", to="kernel.case")),
                ("position", models.IntegerField(null=True)),
            ],
        ),
        migrations.AlterField(
            model_name="case",
            name="stream",
            field=models.OneToOneField(null=True, on_delete=PROTECT, related_name="case", to="kernel.stream"),
        ),
        *(
            operation
            for model in ("case", "registerentry")
            for operation in (
                migrations.AddField(
                    model_name=model,
                    name="bulk",
                    field=models.ForeignKey(
                        db_index=False, null=True, on_delete=PROTECT, related_name="+", to="kernel.bulk"
                    ),
                ),
                migrations.AddField(model_name=model, name="bulk_row", field=models.IntegerField(null=True)),
            )
        ),
        migrations.AddField(model_name="case", name="mirrored", field=models.BooleanField(default=False)),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(bulk__isnull=False), fields=("bulk", "bulk_row"), name="case_bulk"
            ),
        ),
        migrations.AddConstraint(
            model_name="registerentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(bulk__isnull=False), fields=("bulk", "bulk_row"), name="entry_bulk"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["body"],
                name="case_untaken",
                condition=models.Q(closed=None, officer=None, mirrored=False),
            ),
        ),
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        ),
    )
