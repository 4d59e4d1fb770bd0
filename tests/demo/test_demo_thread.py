"""The invented agglomeration has whole threads to show, and some pieces left to link."""

import pytest

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership
from comptoir.commitments.models import Commitment
from comptoir.demo.build import build
from comptoir.demo.content.thread import CITED, UNRELATED
from comptoir.thread import linking
from comptoir.thread.kinds import Column
from comptoir.thread.measures import measures_of
from comptoir.thread.models import Citation, Unrelated
from comptoir.thread.reading import trace
from comptoir.thread.said import UNPUBLISHED

WHOLE = "Répondre sous dix jours à chaque signalement de panne, par un message au locataire"


@pytest.mark.django_db
def test_the_demonstration_shows_a_whole_thread_to_each_role_and_pieces_to_link() -> None:
    space = build()
    assert Citation.objects.count() == sum(map(len, CITED.values()))
    assert Unrelated.objects.count() == sum(map(len, UNRELATED.values()))
    commitment = Commitment.objects.get(wording__text=WHOLE)
    people = Membership.objects.select_related("person", "space", "organisation").filter(space=space)
    for role in (Role.PROJECT_LEAD, Role.COUNCIL_MEMBER):
        found = trace(Actor.of(people.get(role=role)), ("engagement", commitment.pk))
        assert {Column.SAID, Column.LINE, Column.OBJECTIVE, Column.COMMITMENT, Column.DONE} <= set(found.pieces)
        assert any(piece.text.startswith("« ") for piece in found.pieces[Column.SAID])
        hidden = [piece for pieces in found.pieces.values() for piece in pieces if piece.label == UNPUBLISHED]
        assert bool(hidden) == (role == Role.COUNCIL_MEMBER), "a comptoir of the demonstration is not published yet"
    measured = measures_of(space)
    assert 0 < measured.whole.kept <= measured.whole.committed < measured.whole.occurrences
    assert measured.whole.through_objective > 0
    assert 0 < measured.without_origin < measured.commitments
    assert linking.commitments_without_origin(space).exists()
