import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


def fill_reviewed_by(apps, schema_editor):
    """Until now one column said both who is asked to read and who has read."""
    apps.get_model("articles", "Article").objects.filter(reviewed_revision__isnull=False).update(
        reviewed_by=F("reviewer")
    )


class Migration(migrations.Migration):
    # The rows are changed between two changes of the table, which PostgreSQL takes one by one only.
    atomic = False

    dependencies = [
        ("articles", "0005_desk_work"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="article", name="article_review_whole"),
        migrations.AddField(
            model_name="article",
            name="reviewed_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="read by",
            ),
        ),
        migrations.RunPython(fill_reviewed_by, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None, reviewed_revision=None)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False, reviewed_revision__isnull=False),
                name="article_review_whole",
            ),
        ),
    ]
