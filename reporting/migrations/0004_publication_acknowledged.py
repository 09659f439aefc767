from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0003_drafts_editions_templates")]
    operations = [
        migrations.AddField(
            "publication",
            "acknowledged",
            models.CharField(blank=True, default="", max_length=64, verbose_name="lưu ý đã xem"),
            preserve_default=False,
        )
    ]
