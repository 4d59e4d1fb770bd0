"""Each name of an organisation that a membership carried becomes a row; each membership gets its code."""

from typing import Any

from django.db import migrations

from comptoir.kit.ids import short_code


def forwards(apps: Any, schema_editor: Any) -> None:
    Membership = apps.get_model("accounts", "Membership")
    Organisation = apps.get_model("accounts", "Organisation")
    rows = {}
    for membership in Membership.objects.order_by("pk"):
        name = membership.organisation_name
        if name and name not in rows:
            rows[name] = Organisation.objects.filter(name=name).first() or Organisation.objects.create(name=name)
        membership.organisation_id = rows[name].pk if name else None
        membership.code = short_code(membership.pk)
        membership.save()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_membership_of_an_organisation"),
    ]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
