from django.db import migrations
from django.db.models.functions import Lower


def make_small(apps, schema_editor):
    apps.get_model("authors", "User").objects.update(email=Lower("email"))


class Migration(migrations.Migration):
    """Addresses of accounts are kept in small letters: allauth looks for them so."""

    dependencies = [("authors", "0002_initial")]
    operations = [migrations.RunPython(make_small, migrations.RunPython.noop)]
