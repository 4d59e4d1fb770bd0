from django.db import migrations

import comptoir.kit.fields


class Migration(migrations.Migration):
    dependencies = [("spaces", "0007_closing_and_resource_centre")]

    operations = [migrations.AddField("space", "search", comptoir.kit.fields.FoldedField(source="name"))]
