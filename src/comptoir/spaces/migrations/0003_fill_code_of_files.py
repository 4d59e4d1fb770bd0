from typing import Any

from django.db import migrations

from comptoir.kit.ids import short_code


def fill(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("spaces", "StoredFile")
    for file in model.objects.filter(code="").order_by("pk").iterator(500):
        model.objects.filter(pk=file.pk).update(code=short_code(file.pk))


class Migration(migrations.Migration):
    dependencies = [("spaces", "0002_code_of_files")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
