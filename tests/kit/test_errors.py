"""The family of errors: one sentence each, one status each."""

import pytest

from comptoir.kit.errors import ComptoirError, Conflict, InputError, Invalid, Refused, status_of


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Refused("Non."), 403),
        (Conflict("Trop tard."), 409),
        (Invalid("Trop long."), 422),
        (InputError("Illisible."), 422),
        (ComptoirError("Impossible."), 400),
    ],
)
def test_each_has_its_status_and_says_its_sentence(error: ComptoirError, status: int) -> None:
    assert status_of(error) == status
    assert str(error).endswith(".")


def test_a_kind_of_its_own_has_the_status_of_its_family() -> None:
    class Faster(Conflict):
        """Somebody was faster."""

    assert status_of(Faster("Trop tard.")) == 409


def test_what_was_typed_wrong_names_its_field() -> None:
    assert Invalid("Trop long.", field="words").field == "words"
    assert Invalid("Trop long.").field is None
