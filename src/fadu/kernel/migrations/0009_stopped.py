"""A table on its way in can be stopped: by whom."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("kernel", "0008_news"),)
    operations = (
        migrations.AddField(model_name="brought", name="stopped", field=models.TextField(default="")),
    )
