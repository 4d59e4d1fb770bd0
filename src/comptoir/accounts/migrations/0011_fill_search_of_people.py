from typing import Any

from django.db import migrations

from comptoir.analysis.text import fold


def fill(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("accounts", "Person")
    for pk, name in model.objects.filter(search="").order_by("pk").values_list("pk", "name").iterator(500):
        model.objects.filter(pk=pk).update(search=fold(name))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_search_of_people")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
