"""A space: what its address, time zone and colour may be; codes that stay unique in it."""

from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from comptoir.kit.ids import short_code, uuid7
from comptoir.spaces.models import RESERVED_SLUGS, Job, JobState, Space, StoredFile

pytestmark = pytest.mark.django_db


def refusal(**fields: str) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        Space(**{"slug": "val-clair", "name": "Val-Clair"} | fields).full_clean()
    return caught.value.message_dict


@pytest.mark.parametrize("slug", ["val-clair", "a", "qpv-2030", "9"])
def test_an_address_is_made_of_lower_case_digits_and_dashes(slug: str) -> None:
    Space(slug=slug, name="Val-Clair").full_clean()


@pytest.mark.parametrize("slug", ["Val", "val_clair", "-val", "val-", "val--clair", "été", "a/b", "", "a" * 41])
def test_any_other_address_is_refused(slug: str) -> None:
    assert set(refusal(slug=slug)) == {"slug"}


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
def test_an_address_of_the_house_is_refused_by_the_form_and_by_the_database(slug: str) -> None:
    assert refusal(slug=slug) == {"__all__": ["Cette adresse est réservée : choisissez-en une autre."]}
    with pytest.raises(IntegrityError), transaction.atomic():
        Space.objects.create(slug=slug, name="Val-Clair")


def test_an_address_belongs_to_one_space(space: Space) -> None:
    assert set(refusal(slug=space.slug)) == {"slug"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Space.objects.create(slug=space.slug, name="Autre")


@pytest.mark.parametrize("zone", ["Europe/Paris", "Indian/Reunion", "America/Cayenne", "Pacific/Noumea"])
def test_a_time_zone_of_the_world_is_accepted(zone: str) -> None:
    Space(slug="val-clair", name="Val-Clair", time_zone=zone).full_clean()


@pytest.mark.parametrize("zone", ["Paris", "Europe/Lutece", "../etc/passwd", "GMT+1"])
def test_any_other_time_zone_is_refused_with_its_name(zone: str) -> None:
    assert refusal(time_zone=zone) == {"time_zone": [f"« {zone} » n'est pas un fuseau horaire connu."]}


@pytest.mark.parametrize("colour", ["teal", "#12345", "#1234567", "#12345g", "123456", "#fff", "#123456;x"])
def test_a_colour_is_six_hexadecimal_digits(colour: str) -> None:
    assert set(refusal(colour=colour)) == {"colour"}


def job(space: Space, identity: UUID | None = None) -> Job:
    return Job(id=identity or uuid7(), space=space, kind="essai", label="Essai", subject_id=uuid7(), back_url="/")


def test_a_thing_of_a_space_gets_its_code_from_its_identity_and_keeps_it(space: Space) -> None:
    made = job(space)
    assert made.code == short_code(made.id)
    made.save()
    assert Job.objects.get(space=space, code=made.code) == made
    assert Job.objects.defer("code").get(pk=made.pk).code == made.code


def test_a_code_is_unique_in_its_space_and_free_in_another(space: Space, stranger: object) -> None:
    other = Space.objects.get(slug="autre-rive")
    first, second, third = job(space), job(space), job(other)
    second.code = third.code = first.code
    first.save()
    third.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


@pytest.mark.parametrize(("done", "total", "share"), [(0, 0, 0), (0, 9, 0), (1, 3, 33), (3, 3, 100), (4, 3, 100)])
def test_the_share_of_a_job_is_a_percentage(done: int, total: int, share: int) -> None:
    assert Job(done=done, total=total).share == share


def test_a_job_has_ended_when_it_is_done_or_stopped() -> None:
    assert [Job(state=state).ended for state in JobState] == [False, False, True, True]


def test_a_space_that_holds_something_cannot_be_dropped(space: Space) -> None:
    StoredFile.objects.create(space=space, digest="0" * 64, name="a.csv", media_type="text/csv", size=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        space.delete()


def test_a_row_read_without_its_code_does_not_ask_for_it(django_assert_num_queries: Any) -> None:
    space = Space.objects.create(slug="val-clair", name="Val-Clair")
    for name in ("a.csv", "b.csv"):
        StoredFile.objects.create(space=space, digest=name, name=name, media_type="text/csv", size=1)
    with django_assert_num_queries(1):
        assert [one.name for one in StoredFile.objects.only("name").order_by("name")] == ["a.csv", "b.csv"]
