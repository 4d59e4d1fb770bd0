"""The tables are those of the models."""

import re

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

LOADER = MigrationLoader(None)


def test_no_model_is_ahead_of_its_migrations() -> None:
    with translation.override(None):  # Django's own labels are written untranslated
        wanted = ProjectState.from_apps(apps)
        changes = MigrationAutodetector(LOADER.project_state(), wanted).changes(graph=LOADER.graph)
    assert {app: [str(m.operations) for m in found] for app, found in changes.items()} == {}


def test_every_migration_has_a_name_that_says_what_it_does() -> None:
    ours = {key for key, m in LOADER.disk_migrations.items() if type(m).__module__.startswith("comptoir.")}
    assert len(ours) >= 5
    assert [key for key in ours if re.search(r"_auto_|_alter_.*_and_", key[1])] == []
