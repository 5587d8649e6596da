"""Another value of the law, rehearsed: what was asked, and the list of what it would touch."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CASCADE = django.db.models.deletion.CASCADE
ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
OWN = """
ALTER TABLE kernel_rehearsed ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON kernel_rehearsed USING ((SELECT fadu_sees_all())
    OR officer_id = (SELECT (current_setting('fadu.session')::jsonb ->> 'officer')::bigint));
ALTER TABLE kernel_rehearsedcase ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON kernel_rehearsedcase USING (rehearsed_id IN (SELECT id FROM kernel_rehearsed));
"""


class Migration(migrations.Migration):
    dependencies = (("kernel", "0010_sought_entries"),)
    operations = (
        migrations.CreateModel(
            name="Rehearsed",
            fields=[
                ("id", ID),
                ("statute", models.TextField()),
                ("asked", models.JSONField()),
                ("before", models.TextField()),
                ("after", models.TextField()),
                ("answer", models.JSONField(null=True)),
                ("seen", models.BooleanField(default=False)),
                ("changed", models.DateTimeField()),
                ("officer", models.ForeignKey(on_delete=CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="RehearsedCase",
            fields=[
                ("id", ID.clone()),
                ("what", models.TextField()),
                ("start", models.TextField()),
                ("before", models.TextField()),
                ("after", models.TextField()),
                ("rank", models.TextField()),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="kernel.case",
                    ),
                ),
                (
                    "rehearsed",
                    models.ForeignKey(db_index=False, on_delete=CASCADE, related_name="+", to="kernel.rehearsed"),
                ),
            ],
            options={"indexes": [models.Index(fields=["rehearsed", "rank", "case"], name="rehearsed_in_order")]},
        ),
        migrations.RunSQL(OWN, reverse_sql=migrations.RunSQL.noop),
    )
