from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="dataelement",
            name="change_least",
            field=models.PositiveIntegerField(
                default=10,
                help_text="Chênh lệch nhỏ hơn số này thì không hỏi: từ 1 lên 2 không phải điều lạ.",
                verbose_name="và ít nhất là",
            ),
        ),
        migrations.AddField(
            model_name="dataelement",
            name="change_limit",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="So với kỳ trước; để trống thì không bao giờ hỏi.",
                null=True,
                verbose_name="hỏi khi thay đổi quá (%)",
            ),
        ),
    ]
