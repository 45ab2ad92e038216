from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0003_show_and_number")]

    operations = [
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("depth", 0), ("number", None), ("parent", None), ("root", None)),
                    models.Q(("depth__gt", 0), ("parent__isnull", False), ("root__isnull", False)),
                    _connector="OR",
                ),
                name="comment_thread_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.UniqueConstraint(fields=("parent", "number"), name="comment_number_once"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(models.Q(("name", ""), _negated=True), models.Q(("body", ""), _negated=True)),
                    models.Q(("body", ""), ("html", ""), ("name", ""), ("reader", ""), ("status", "withdrawn")),
                    _connector="OR",
                ),
                name="comment_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["pending", "approved", "rejected", "removed", "withdrawn"])),
                name="comment_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_shown", True), ("status", "approved")),
                    models.Q(("is_shown", True), ("reply_count__gt", 0)),
                    models.Q(("is_shown", False), ("reply_count", 0), models.Q(("status", "approved"), _negated=True)),
                    _connector="OR",
                ),
                name="comment_shown_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_shown", False), ("parent", None), ("number__isnull", False), _connector="OR"),
                name="comment_shown_has_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_pick", False), models.Q(("parent", None), ("status", "approved")), _connector="OR"
                ),
                name="comment_pick_begins_a_thread",
            ),
        ),
    ]
