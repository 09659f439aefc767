import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0002_change_limit"),
    ]

    operations = [
        migrations.AddField(
            model_name="indicatorset",
            name="revision",
            field=models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="dấu thay đổi"),
        ),
    ]
