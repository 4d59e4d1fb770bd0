from django.db import migrations

import comptoir.kit.fields


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_sessions")]

    operations = [migrations.AddField("person", "search", comptoir.kit.fields.FoldedField(source="name"))]
