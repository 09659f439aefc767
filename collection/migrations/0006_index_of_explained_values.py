from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collection", "0005_notice")]

    operations = [
        migrations.AddIndex(
            model_name="datavalue",
            index=models.Index(
                condition=models.Q(("explanation", ""), _negated=True),
                fields=["submission"],
                name="value_explained",
            ),
        ),
    ]
