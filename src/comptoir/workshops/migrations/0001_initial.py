import django.db.models.deletion
from django.db import migrations, models

import comptoir.kit.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("spaces", "0001_initial"),
        ("voices", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SynthesisVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(default=comptoir.kit.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(editable=False, max_length=10)),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("validated", "relue"), ("published", "publiée")], default="validated", max_length=9
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("introduction", models.TextField(blank=True)),
                ("validated_at", models.DateTimeField(auto_now_add=True)),
                ("validated_by_id", models.UUIDField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "space",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spaces.space"),
                ),
            ],
            options={
                "ordering": ("-number",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SynthesisLine",
            fields=[
                (
                    "id",
                    models.UUIDField(default=comptoir.kit.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("position", models.PositiveIntegerField()),
                ("occurrences", models.PositiveIntegerField()),
                ("gathered", models.PositiveIntegerField()),
                (
                    "heading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="voices.heading"
                    ),
                ),
                (
                    "rewording",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="voices.rewording"
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="published_lines",
                        to="voices.statement",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="workshops.synthesisversion",
                    ),
                ),
            ],
            options={
                "ordering": ("position",),
            },
        ),
        migrations.CreateModel(
            name="SynthesisWord",
            fields=[
                (
                    "id",
                    models.UUIDField(default=comptoir.kit.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("occurrences", models.PositiveIntegerField()),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="words", to="workshops.synthesisline"
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="voices.statement"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Workshop",
            fields=[
                (
                    "id",
                    models.UUIDField(default=comptoir.kit.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(editable=False, max_length=10)),
                ("title", models.CharField(max_length=200, verbose_name="titre")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="date")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="lieu")),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "space",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spaces.space"),
                ),
            ],
            options={
                "ordering": ("-id",),
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="synthesisversion",
            name="workshop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="workshops.workshop"
            ),
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.UUIDField(default=comptoir.kit.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(editable=False, max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("preview", "à vérifier"),
                            ("running", "en cours"),
                            ("done", "importé"),
                            ("void", "annulé"),
                        ],
                        default="preview",
                        max_length=8,
                    ),
                ),
                ("made_workshop", models.BooleanField(default=False)),
                ("mapping", models.JSONField(default=dict)),
                ("places", models.JSONField(default=list)),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="titre")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="date")),
                (
                    "speaker_kind",
                    models.CharField(
                        choices=[
                            ("unknown", "non précisé"),
                            ("professionals", "des professionnels"),
                            ("residents", "des habitants"),
                            ("elected_officials", "des élus"),
                            ("mixed", "un public mêlé"),
                        ],
                        default="unknown",
                        max_length=20,
                        verbose_name="qui parle",
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("residents", "les habitants"),
                            ("elected_officials", "les élus"),
                            ("signatories", "les signataires"),
                            ("other", "un autre sujet"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="de qui on parle",
                    ),
                ),
                ("actor_id", models.UUIDField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spaces.storedfile"
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spaces.space"),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="workshops.workshop",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Comptoir",
            fields=[
                (
                    "occasion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="comptoir",
                        serialize=False,
                        to="voices.occasion",
                    ),
                ),
                (
                    "layout",
                    models.CharField(
                        choices=[("board", "tableau"), ("outline", "plan")], default="board", max_length=8
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="comptoirs", to="workshops.workshop"
                    ),
                ),
            ],
            options={
                "ordering": ("position", "occasion_id"),
            },
        ),
        migrations.CreateModel(
            name="ImportedLine",
            fields=[
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="imported",
                        serialize=False,
                        to="voices.statement",
                    ),
                ),
                ("rank", models.PositiveIntegerField()),
                ("line", models.PositiveIntegerField(null=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="workshops.import"
                    ),
                ),
            ],
            options={
                "ordering": ("rank",),
                "constraints": [models.UniqueConstraint(fields=("source", "rank"), name="imported_line_rank")],
            },
        ),
        migrations.AddConstraint(
            model_name="synthesisline",
            constraint=models.UniqueConstraint(fields=("version", "statement"), name="version_line_once"),
        ),
        migrations.AddConstraint(
            model_name="workshop",
            constraint=models.UniqueConstraint(fields=("space", "code"), name="workshops_workshop_code"),
        ),
        migrations.AddConstraint(
            model_name="synthesisversion",
            constraint=models.UniqueConstraint(fields=("space", "code"), name="workshops_synthesisversion_code"),
        ),
        migrations.AddConstraint(
            model_name="synthesisversion",
            constraint=models.UniqueConstraint(fields=("workshop", "number"), name="version_number"),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.UniqueConstraint(fields=("space", "code"), name="workshops_import_code"),
        ),
    ]
