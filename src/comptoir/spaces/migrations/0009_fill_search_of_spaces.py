from typing import Any

from django.db import migrations

from comptoir.analysis.text import fold


def fill(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("spaces", "Space")
    for pk, name in model.objects.filter(search="").order_by("pk").values_list("pk", "name").iterator(500):
        model.objects.filter(pk=pk).update(search=fold(name))


class Migration(migrations.Migration):
    dependencies = [("spaces", "0008_search_of_spaces")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
