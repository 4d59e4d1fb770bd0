"""What is done to commitments, by whom, and what the state becomes (docs/concepts/commitments.md)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry
from comptoir.commitments import actions
from comptoir.commitments.enums import ProofKind
from comptoir.commitments.models import Commitment, Evidence, SnapshotLine, StatementLink
from comptoir.commitments.state import Label, Missing
from comptoir.contracts.actions import open_contract
from comptoir.contracts.models import Contact
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.voices.enums import HeadingKind, SpeakerKind, Subject
from comptoir.voices.models import Heading, Occasion, Statement

TODAY = date(2026, 11, 26)


def prove(deal: Any, commitment: Commitment, actor: Actor, **given: Any) -> Evidence:
    asked = {"kind": ProofKind.LINK, "url": "https://exemple.fr/photo", "label": "Le local", "given_on": TODAY}
    return actions.give_evidence(actor=actor, commitment=commitment, **(asked | given))


def test_a_wording_and_a_signatory_are_enough_and_it_says_what_is_missing(deal: Any) -> None:
    state = deal.state(deal.commit(signatory=deal.town))
    assert (state.label, state.missing) == (Label.TO_SPECIFY, tuple(Missing))
    assert deal.state(deal.commit()).missing == (Missing.DUE_DATE, Missing.MEASURE, Missing.EXPECTED_PROOF)
    assert deal.state(deal.precise()).label == Label.ONGOING


def test_the_person_named_answers_before_the_referent_of_the_signatory(deal: Any) -> None:
    someone = Contact.objects.create(space=deal.lead.space, signatory=deal.town, name="Odon")
    commitment = deal.precise(signatory=deal.town, contact=someone)
    assert deal.state(commitment).missing == ()
    with pytest.raises(Invalid, match="organisme"):
        deal.precise(contact=someone)


def test_a_proof_counts_once_somebody_else_has_confirmed_it(deal: Any, facilitator: Actor) -> None:
    commitment = deal.precise()
    evidence = prove(deal, commitment, deal.lead)
    assert deal.state(commitment).label == Label.ONGOING
    with pytest.raises(Refused, match="autre personne"):
        actions.confirm(actor=deal.lead, evidence=evidence, on=TODAY)
    actions.confirm(actor=facilitator, evidence=evidence, on=TODAY)
    assert deal.state(commitment).label == Label.KEPT
    actions.withdraw_evidence(actor=deal.lead, evidence=evidence)
    assert deal.state(commitment).label == Label.ONGOING


def test_the_pilots_own_proof_is_confirmed_at_a_meeting(deal: Any) -> None:
    commitment = deal.precise()
    evidence = prove(deal, commitment, deal.lead)
    actions.confirm(actor=deal.lead, evidence=evidence, on=TODAY, meeting=deal.steering)
    assert deal.state(commitment).label == Label.KEPT


def test_a_referent_writes_and_proves_their_own_lines_and_confirms_nothing(deal: Any, member: Any) -> None:
    referent = member(Role.REFERENT)
    own = actions.write(actor=referent, signatory=deal.landlord, wording="Rouvrir la loge")
    assert actions.change(actor=referent, commitment=own, measure="une loge")
    evidence = prove(deal, own, referent)
    with pytest.raises(Refused):
        actions.confirm(actor=referent, evidence=evidence, on=TODAY)
    other = deal.commit(signatory=deal.town)
    for attempt in (
        lambda: actions.write(actor=referent, signatory=deal.town, wording="À leur place"),
        lambda: actions.change(actor=referent, commitment=other, measure="à leur place"),
        lambda: actions.reword(actor=referent, commitment=other, text="À leur place"),
        lambda: prove(deal, other, referent),
        lambda: actions.withdraw(actor=referent, commitment=other),
    ):
        with pytest.raises(Refused):
            attempt()


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.PROJECT_LEAD, Role.REFERENT}])
def test_the_other_roles_write_nothing(deal: Any, member: Any, role: Role) -> None:
    actor, commitment = member(role), deal.precise()
    for attempt in (
        lambda: actions.write(actor=actor, signatory=deal.landlord, wording="Écrire"),
        lambda: actions.reword(actor=actor, commitment=commitment, text="Écrire"),
        lambda: actions.set_means(actor=actor, commitment=commitment, means=[]),
        lambda: actions.decide(
            actor=actor, commitment=commitment, meeting=deal.steering, outcome="not_done", reason="Faute de moyens"
        ),
        lambda: actions.take_snapshot(
            actor=actor, contract=deal.contract, meeting=deal.steering, validated_by="Le comité", taken_on=TODAY
        ),
    ):
        with pytest.raises(Refused):
            attempt()


def test_a_stranger_does_nothing_here(deal: Any, stranger: Actor) -> None:
    commitment = deal.precise()
    elsewhere = open_contract(actor=stranger, name="Ailleurs")
    for attempt in (
        lambda: actions.write(actor=stranger, signatory=deal.landlord, wording="Écrire"),
        lambda: actions.change(actor=stranger, commitment=commitment, measure="x"),
        lambda: prove(deal, commitment, stranger),
        lambda: actions.decide(
            actor=stranger, commitment=commitment, meeting=deal.steering, outcome="not_done", reason="Non"
        ),
        lambda: actions.take_snapshot(
            actor=stranger, contract=elsewhere, meeting=deal.steering, validated_by="Moi", taken_on=TODAY
        ),
    ):
        with pytest.raises(Refused):
            attempt()


def test_a_body_decides_and_the_signatory_replies_beside(deal: Any, member: Any) -> None:
    commitment = deal.precise()
    with pytest.raises(Invalid, match="instance"):
        actions.decide(actor=deal.lead, commitment=commitment, meeting=deal.technical, outcome="not_done", reason="Non")
    with pytest.raises(Invalid, match="pièce confirmée"):
        actions.decide(actor=deal.lead, commitment=commitment, meeting=deal.steering, outcome="kept", reason="Si")
    decision = actions.decide(
        actor=deal.lead,
        commitment=commitment,
        meeting=deal.steering,
        outcome="not_done",
        reason="Le budget a été refusé",
    )
    assert deal.state(commitment).label == Label.NOT_DONE
    replied = actions.reply_to_decision(
        actor=member(Role.REFERENT), decision=decision, reply="Nous le proposons de nouveau en 2027", on=TODAY
    )
    assert replied.reason == "Le budget a été refusé"


def test_wordings_are_kept_and_the_same_words_twice_are_not_a_change(deal: Any) -> None:
    commitment = deal.commit("Rouvrir le local")
    assert actions.reword(actor=deal.lead, commitment=commitment, text=" Rouvrir le local ") is None
    actions.reword(actor=deal.lead, commitment=commitment, text="Rouvrir le local en mars", reason="Travaux")
    commitment.refresh_from_db()
    assert commitment.text == "Rouvrir le local en mars"
    assert [w.text for w in commitment.wordings.all()] == ["Rouvrir le local en mars", "Rouvrir le local"]


def test_a_snapshot_never_moves(deal: Any, facilitator: Actor) -> None:
    commitment = deal.precise()
    snapshot = actions.take_snapshot(
        actor=deal.lead, contract=deal.contract, meeting=deal.steering, validated_by="Le comité", taken_on=TODAY
    )
    before = list(SnapshotLine.objects.filter(snapshot=snapshot).values())
    actions.change(actor=deal.lead, commitment=commitment, due_on=date(2028, 1, 1))
    actions.reword(actor=deal.lead, commitment=commitment, text="Autre chose")
    actions.confirm(actor=facilitator, evidence=prove(deal, commitment, deal.lead), on=TODAY)
    actions.withdraw(actor=deal.lead, commitment=commitment)
    assert list(SnapshotLine.objects.filter(snapshot=snapshot).values()) == before
    (line,) = SnapshotLine.objects.filter(snapshot=snapshot)
    assert (line.label, line.due_on, line.wording.text) == (
        "ongoing",
        date(2027, 6, 30),
        "Rouvrir le local de la tour 4",
    )


def test_snapshots_are_numbered_and_an_empty_table_is_not_validated(deal: Any) -> None:
    given = {"actor": deal.lead, "contract": deal.contract, "meeting": deal.steering, "taken_on": TODAY}
    with pytest.raises(Invalid, match="vide"):
        actions.take_snapshot(**given, validated_by="Le comité")
    deal.commit()
    assert [actions.take_snapshot(**given, validated_by="Le comité").number for _ in range(2)] == [1, 2]


def test_a_link_is_made_once_taken_off_and_kept(deal: Any) -> None:
    occasion = Occasion.objects.create(
        space=deal.lead.space, title="Comptoir", speaker_kind=SpeakerKind.MIXED, subject=Subject.RESIDENTS
    )
    heading = Heading.objects.create(occasion=occasion, kind=HeadingKind.TRY, label="Essai")
    line = Statement(space=deal.lead.space, heading=heading, reported_wording="Un local", reported_occurrences=3)
    line.root = line
    line.save(force_insert=True)
    commitment = deal.commit()
    for _ in range(2):
        actions.link(actor=deal.lead, commitment=commitment, statement=line)
    assert StatementLink.objects.count() == 1
    assert actions.unlink(actor=deal.lead, commitment=commitment, statement=line)
    assert not actions.unlink(actor=deal.lead, commitment=commitment, statement=line)
    actions.link(actor=deal.lead, commitment=commitment, statement=line)
    assert StatementLink.objects.filter(withdrawn_at=None).count() == 1
    assert StatementLink.objects.count() == 2


def test_what_is_withdrawn_is_kept_and_put_back(deal: Any) -> None:
    commitment = deal.commit()
    actions.withdraw(actor=deal.lead, commitment=commitment)
    with pytest.raises(Conflict, match="retiré"):
        actions.change(actor=deal.lead, commitment=commitment, measure="trop tard")
    actions.put_back(actor=deal.lead, commitment=commitment)
    assert actions.change(actor=deal.lead, commitment=commitment, measure="à temps")


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"first_year": 2026, "last_year": 2025}, "last_year"),
        ({"last_year": 2027}, "last_year"),
        ({"first_year": 26}, "first_year"),
        ({"first_year": 2026, "due_on": date(2027, 1, 1)}, "due_on"),
        ({"measure": "x" * 301}, "measure"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_its_field(deal: Any, details: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        deal.commit(**details)
    assert refused.value.field == field
    assert Commitment.objects.count() == 0


@pytest.mark.parametrize("amount", [Decimal(0), Decimal(-3), Decimal(10) ** 13])
def test_a_means_is_more_than_nothing(deal: Any, amount: Decimal) -> None:
    commitment = deal.commit()
    with pytest.raises(Invalid, match="zéro"):
        actions.set_means(actor=deal.lead, commitment=commitment, means=[("mainstream", "euro", amount, "")])


def test_the_journal_holds_none_of_the_words(deal: Any) -> None:
    commitment = deal.commit("Zinnia au pied des tours", measure="zinnia")
    actions.reword(actor=deal.lead, commitment=commitment, text="Deux zinnias", reason="zinnia")
    prove(deal, commitment, deal.lead, label="Le zinnia")
    told = [f"{e.label} {e.details}" for e in Entry.objects.of(deal.lead.space) if e.action.startswith("commitments.")]
    assert len(told) == 3
    assert not any("zinnia" in line.lower() for line in told)


def test_the_states_of_many_commitments_take_as_many_queries_as_that_of_one(
    deal: Any, django_assert_num_queries: Any
) -> None:
    from comptoir.commitments.reading import states_of

    for _ in range(20):
        deal.precise()
    every = list(Commitment.objects.with_words().in_table_order())
    for some in (every[:1], every):
        with django_assert_num_queries(2):
            assert len(states_of(some, on=TODAY)) == len(some)


def test_raw_words_behind_a_commitment_are_for_those_who_hear_them(deal: Any, member: Any, client_for: Any) -> None:
    from comptoir.voices.actions import add_note
    from comptoir.workshops.actions import add_comptoir, open_workshop, publish, validate

    workshop = open_workshop(actor=deal.lead, title="Comptoir du local", held_on=date(2026, 9, 1))
    occasion = add_comptoir(actor=deal.lead, workshop=workshop, title="Habitants", subject=Subject.RESIDENTS).occasion
    line = add_note(actor=deal.lead, heading=occasion.headings.order_by("position")[0], words="La loge aux zinnias")
    commitment = deal.commit()
    actions.link(actor=deal.lead, commitment=commitment, statement=line)
    url = f"/val-clair/engagements/{commitment.code}/"
    assert "La loge aux zinnias" in client_for(deal.lead).get(url).content.decode()
    reader = client_for(member("reader"))
    before = reader.get(url).content.decode()
    assert "zinnias" not in before
    assert "pas encore publié" in before
    publish(actor=deal.lead, version=validate(actor=deal.lead, workshop=workshop))
    after = reader.get(url).content.decode()
    assert "zinnias" not in after
    assert f"/comptoirs/{workshop.code}/synthese/1/lignes/{line.code}/" in after
