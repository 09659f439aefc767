from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collection", "0002_anomaly")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="first_submitted_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="nộp lần đầu lúc"),
        )
    ]
