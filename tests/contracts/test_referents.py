"""Who is the referent, from when to when; substitutes; passing on."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comptoir.accounts.models import Actor
from comptoir.contracts import actions
from comptoir.contracts.models import CityContract, Contact, Handover, Referent, Signatory
from comptoir.contracts.overview import completeness, standings
from comptoir.kit.errors import Conflict, Invalid, Refused

DAY = date(2026, 10, 1)


def test_a_signatory_has_one_referent_at_a_time(
    lead: Actor, landlord: Signatory, someone: Callable[..., Contact]
) -> None:
    first, second = someone(landlord, "Noé"), someone(landlord, "Salma")
    actions.assign_referent(actor=lead, signatory=landlord, contact=first, starts_on=DAY)
    with pytest.raises(Conflict, match="passez la main"):
        actions.assign_referent(actor=lead, signatory=landlord, contact=second, starts_on=DAY + timedelta(10))
    before = {"starts_on": DAY - timedelta(30), "ends_on": DAY - timedelta(1)}
    actions.assign_referent(actor=lead, signatory=landlord, contact=second, **before)
    assert Referent.objects.filter(signatory=landlord).count() == 2


def test_a_service_has_its_own_referent(lead: Actor, landlord: Signatory, someone: Callable[..., Contact]) -> None:
    unit = actions.add_unit(actor=lead, signatory=landlord, name="Agence de Cantepau")
    for contact, of in ((someone(landlord, "Noé"), None), (someone(landlord, "Salma"), unit)):
        actions.assign_referent(actor=lead, signatory=landlord, contact=contact, starts_on=DAY, unit=of)
    (standing,) = standings(landlord.contract, DAY)
    assert standing.term is not None
    assert (standing.term.contact.name, [term.contact.name for term in standing.units]) == ("Noé", ["Salma"])


def test_passing_on_ends_one_term_the_day_before_and_begins_another(
    lead: Actor, landlord: Signatory, someone: Callable[..., Contact]
) -> None:
    first, second, third = (someone(landlord, name) for name in ("Noé", "Salma", "Anouk"))
    term = actions.assign_referent(actor=lead, signatory=landlord, contact=first, starts_on=DAY)
    substitute = actions.add_substitute(actor=lead, term=term, contact=third, starts_on=DAY)
    handover = actions.hand_over(
        actor=lead, term=term, contact=second, starts_on=DAY + timedelta(31), note="Rappeler le gardien",
        passed_on="Le tableau",
    )  # fmt: skip
    term.refresh_from_db()
    substitute.refresh_from_db()
    assert term.ends_on == substitute.ends_on == DAY + timedelta(30)
    assert (handover.successor.starts_on, handover.successor.ends_on) == (DAY + timedelta(31), None)
    assert (handover.note, handover.passed_on) == ("Rappeler le gardien", "Le tableau")
    assert [len(Referent.objects.on(DAY + timedelta(n))) for n in (-1, 0, 30, 31)] == [0, 1, 1, 1]
    with pytest.raises(Conflict, match="déjà été passée"):
        actions.hand_over(actor=lead, term=term, contact=third, starts_on=DAY + timedelta(31))
    assert Handover.objects.count() == 1


def test_what_cannot_be_is_refused_in_one_sentence(
    lead: Actor, landlord: Signatory, someone: Callable[..., Contact], sign: Callable[..., Signatory]
) -> None:
    first, second = someone(landlord, "Noé"), someone(landlord, "Salma")
    elsewhere = someone(sign("Ville de Val-Clair", "town"), "Ilyès")
    with pytest.raises(Invalid, match="de cet organisme"):
        actions.assign_referent(actor=lead, signatory=landlord, contact=elsewhere, starts_on=DAY)
    with pytest.raises(Invalid, match="avant le début"):
        actions.assign_referent(
            actor=lead, signatory=landlord, contact=first, starts_on=DAY, ends_on=DAY - timedelta(1)
        )
    term = actions.assign_referent(actor=lead, signatory=landlord, contact=first, starts_on=DAY)
    with pytest.raises(Invalid, match="autre personne"):
        actions.add_substitute(actor=lead, term=term, contact=first, starts_on=DAY)
    with pytest.raises(Invalid, match="pendant le mandat"):
        actions.add_substitute(actor=lead, term=term, contact=second, starts_on=DAY - timedelta(1))
    with pytest.raises(Invalid, match="n'avait pas commencé"):
        actions.hand_over(actor=lead, term=term, contact=second, starts_on=DAY)
    with pytest.raises(Conflict, match="passez d'abord la main"):
        actions.withdraw_contact(actor=lead, contact=first, day=DAY)


def test_a_referent_edits_the_card_of_their_own_organisation_only(
    landlord: Signatory, sign: Callable[..., Signatory], referent_of: Callable[[Signatory], Actor]
) -> None:
    town, own = sign("Ville de Val-Clair", "town"), referent_of(landlord)
    actions.change_card(actor=own, signatory=landlord, missions="Loger", reached_at="")
    contact = actions.add_contact(actor=own, signatory=landlord, name="Noé")
    actions.assign_referent(actor=own, signatory=landlord, contact=contact, starts_on=DAY)
    for act in (
        lambda: actions.change_card(actor=own, signatory=town, missions="Rien", reached_at=""),
        lambda: actions.add_contact(actor=own, signatory=town, name="Noé"),
        lambda: actions.set_competences(actor=own, signatory=town, parts=[("3.1", "decides")]),
        lambda: actions.change_signature(actor=own, signatory=landlord, kind="town", signed_on=None),
        lambda: actions.withdraw_signatory(actor=own, signatory=landlord, day=DAY),
    ):
        with pytest.raises(Refused, match=r"."):
            act()


def test_nobody_acts_on_the_contract_of_another_space(
    stranger: Actor, landlord: Signatory, contract: CityContract
) -> None:
    for act in (
        lambda: actions.set_perimeter(actor=stranger, contract=contract, codes=["QN08106M"]),
        lambda: actions.change_card(actor=stranger, signatory=landlord, missions="", reached_at=""),
        lambda: actions.open_body(actor=stranger, contract=contract, name="COPIL"),
        lambda: actions.log_meet_up(actor=stranger, contract=contract, signatories=[landlord], held_on=DAY),
    ):
        with pytest.raises(Refused, match=r"."):
            act()


def test_the_gauge_counts_signatories_with_an_open_term(
    lead: Actor, contract: CityContract, sign: Callable[..., Signatory], someone: Callable[..., Contact]
) -> None:
    signatories = [sign(f"Organisme {n}", "other") for n in range(4)]
    for at, signatory in enumerate(signatories[:3]):
        ends = DAY + timedelta(1) if at == 2 else None
        actions.assign_referent(
            actor=lead, signatory=signatory, contact=someone(signatory), starts_on=DAY, ends_on=ends
        )
    gauge = completeness(standings(contract, DAY))
    assert (gauge.provided, gauge.total, gauge.lacking) == (3, 4, (signatories[3],))
    assert completeness(standings(contract, DAY + timedelta(2))).provided == 2
    assert completeness(standings(contract, DAY - timedelta(1))).provided == 0
    actions.withdraw_signatory(actor=lead, signatory=signatories[3], day=DAY)
    assert completeness(standings(contract, DAY)).total == 3


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20) | st.none(), st.booleans()), max_size=7))
def test_two_terms_never_hold_on_the_same_day(
    lead: Actor, landlord: Signatory, someone: Callable[..., Contact], wanted: list[tuple[int, int | None, bool]]
) -> None:
    """Whatever is asked for, in any order: assigning, or passing on from whoever holds it."""
    Handover.objects.all().delete()
    Referent.objects.all().delete()
    people = [someone(landlord, f"Personne {n}") for n in range(2)]
    for start, length, passing in wanted:
        day = DAY + timedelta(start)
        held = Referent.objects.select_related("signatory").filter(ends_on=None).first()
        try:
            if passing and held:
                other = next(one for one in people if one.pk != held.contact_id)
                actions.hand_over(actor=lead, term=held, contact=other, starts_on=day)
            else:
                ends = None if length is None else day + timedelta(length)
                actions.assign_referent(actor=lead, signatory=landlord, contact=people[0], starts_on=day, ends_on=ends)
        except (Conflict, Invalid):
            continue
    assert all(Referent.objects.on(DAY + timedelta(n)).count() <= 1 for n in range(-1, 90))
