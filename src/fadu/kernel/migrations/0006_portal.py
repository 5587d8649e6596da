"""What people fill in on the portal: drafts, by what they come back to the case, how often was tried."""

import django.db.models.deletion
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = (("kernel", "0005_bulk"),)
    operations = (
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.TextField(unique=True)),
                ("code", models.BinaryField(null=True)),
                ("system", models.TextField()),
                ("step", models.TextField()),
                ("body", models.ForeignKey(on_delete=PROTECT, related_name="+", to="kernel.organ")),
                ("typed", models.JSONField(default=dict)),
                ("made", models.DateTimeField()),
                ("changed", models.DateTimeField()),
                ("case", models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to="kernel.case")),
                ("party", models.TextField(default="")),
                ("role", models.TextField(default="")),
                ("agent", models.TextField(default="")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["changed"], name="application_draft", condition=models.Q(case=None)),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.TextField()),
                ("who", models.TextField()),
                ("by", models.TextField(default="")),
                ("count", models.IntegerField()),
                ("until", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["until"], name="attempt_over")],
                "constraints": [
                    models.UniqueConstraint(fields=["what", "who", "by"], name="attempt_of_whom"),
                ],
            },
        ),
    )
