"""The contract of the invented agglomeration, through the actions that people use."""

from datetime import date

from comptoir.accounts.enums import OrganisationKind
from comptoir.accounts.models import Actor, Membership, Organisation
from comptoir.contracts import actions
from comptoir.contracts.enums import BodyKind, Stance
from comptoir.contracts.models import CityContract, Objective, Signatory
from comptoir.demo.content import SPACE
from comptoir.demo.content.contract import (
    OBJECTIVES,
    OTHERS,
    PROPOSED,
    REWORDED,
    SIGNATORIES,
    SIGNED,
    DemoContact,
    DemoSignatory,
)
from comptoir.territories.enums import Generation
from comptoir.territories.models import PriorityNeighbourhood


def build_contract(lead: Actor) -> CityContract:
    """Two contracts that follow each other; the one in force has everything."""
    former = actions.open_contract(
        actor=lead, name="Contrat de ville 2015-2023", generation=Generation.G2015, starts_on=date(2015, 7, 6),
        ends_on=date(2023, 12, 31),
    )  # fmt: skip
    contract = actions.open_contract(
        actor=lead, name=SPACE.contract, starts_on=SIGNED, ends_on=date(2030, 12, 31), predecessor=former,
        introduction="Cinq quartiers, quatorze signataires, et ce que les habitants en attendent.",
    )  # fmt: skip
    _perimeter(lead, contract)
    signatories = _signatories(lead, contract)
    objectives = _objectives(lead, contract)
    _drafting(lead, objectives, signatories)
    _bodies(lead, contract)
    _around(lead, contract, signatories)
    return contract


def _perimeter(lead: Actor, contract: CityContract) -> None:
    """The demonstration's neighbourhoods are public; where the national list is not loaded, by code and name alone."""
    for place in SPACE.neighbourhoods:
        PriorityNeighbourhood.objects.get_or_create(
            code=place.code, defaults={"name": place.name, "generation": Generation.G2024}
        )
    actions.set_perimeter(actor=lead, contract=contract, codes=[place.code for place in SPACE.neighbourhoods])


def _organisations() -> dict[str, Organisation]:
    known = {one.key: Organisation.objects.get(name=one.name) for one in SPACE.organisations}
    for one in OTHERS:
        known[one.key] = Organisation.objects.create(
            name=one.name, short_name=one.short_name, kind=OrganisationKind(one.kind)
        )
    return known


def _signatories(lead: Actor, contract: CityContract) -> dict[str, Signatory]:
    organisations, made = _organisations(), {}
    for one in SIGNATORIES:
        made[one.key] = signatory = actions.add_signatory(
            actor=lead, contract=contract, organisation=organisations[one.key], missions=one.missions,
            signed_on=SIGNED if one.signed else None,
        )  # fmt: skip
        _card(lead, signatory, one)
    return made


def _card(lead: Actor, signatory: Signatory, content: DemoSignatory) -> None:
    if content.reached_at:
        actions.change_card(actor=lead, signatory=signatory, missions=content.missions, reached_at=content.reached_at)
    units = {name: actions.add_unit(actor=lead, signatory=signatory, name=name) for name in content.units}
    for someone in content.contacts:
        contact = actions.add_contact(
            actor=lead, signatory=signatory, name=someone.name, position=someone.position, email=someone.email,
            phone=someone.phone, unit=units.get(someone.unit),
        )  # fmt: skip
        if someone.since:
            actions.assign_referent(
                actor=lead, signatory=signatory, contact=contact, starts_on=someone.since, unit=units.get(someone.unit)
            )
    if content.usual:
        actions.take_up_usual(actor=lead, signatory=signatory)


def _objectives(lead: Actor, contract: CityContract) -> dict[str, Objective]:
    made = {}
    for text, theme, strategic in OBJECTIVES:
        made[text] = top = actions.add_objective(actor=lead, contract=contract, text=text, theme=theme)
        for words, code, operational in strategic:
            made[words] = middle = actions.add_objective(
                actor=lead, contract=contract, text=words, parent=top, theme=code
            )
            for line in operational:
                made[line] = actions.add_objective(actor=lead, contract=contract, text=line, parent=middle, theme=code)
    return made


def _drafting(lead: Actor, objectives: dict[str, Objective], signatories: dict[str, Signatory]) -> None:
    """One wording put in force with its agreements, one proposed and discussed."""
    first, better, reason = REWORDED
    wording = actions.write_wording(actor=lead, objective=objectives[first], text=better, reason=reason, adopt=True)
    for key in ("agglo", "ars", "departement", "albi"):
        actions.give_opinion(
            actor=lead, wording=wording, signatory=signatories[key], stance=Stance.APPROVES, given_on=date(2025, 11, 18)
        )
    first, better, reason = PROPOSED
    wording = actions.write_wording(actor=lead, objective=objectives[first], text=better, reason=reason)
    actions.comment(actor=lead, wording=wording, text="Les gardiens peuvent-ils porter la réponse ?")
    referent = Membership.objects.select_related("person", "space", "organisation").get(
        space=lead.space, organisation=signatories["bailleur"].organisation
    )
    actions.give_opinion(
        actor=Actor.of(referent), wording=wording, signatory=signatories["bailleur"], stance=Stance.ASKS_CHANGE,
        given_on=date(2026, 10, 12),
    )  # fmt: skip


def _bodies(lead: Actor, contract: CityContract) -> None:
    copil = actions.open_body(
        actor=lead, contract=contract, name="Comité de pilotage", kind=BodyKind.STEERING, rhythm="deux fois par an",
        chaired_by="le préfet et le président de l'agglomération", validates=True,
    )  # fmt: skip
    held = actions.plan_meeting(
        actor=lead, body=copil, held_on=date(2026, 6, 18), place="Hôtel d'agglomération", subject="Bilan à mi-parcours"
    )
    actions.change_meeting(
        actor=lead, meeting=held, held_on=held.held_on, place=held.place, subject=held.subject,
        validated_by="les deux coprésidents", validated_on=date(2026, 7, 2),
    )  # fmt: skip
    actions.plan_meeting(
        actor=lead, body=copil, held_on=date(2027, 1, 21), place="Hôtel d'agglomération", subject="Révision du contrat"
    )
    cotech = actions.open_body(
        actor=lead, contract=contract, name="Comité technique", kind=BodyKind.TECHNICAL, rhythm="chaque trimestre"
    )
    actions.plan_meeting(actor=lead, body=cotech, held_on=date(2026, 12, 8), subject="Préparer le comité de pilotage")
    actions.open_body(actor=lead, contract=contract, name="Conseil citoyen de Cantepau", kind=BodyKind.CITIZENS)


def _around(lead: Actor, contract: CityContract, signatories: dict[str, Signatory]) -> None:
    """A local convention, a meet-up, a handover with its note, what the public sees."""
    carmaux = list(PriorityNeighbourhood.objects.filter(code="QN08109M"))
    actions.open_convention(
        actor=lead, contract=contract, name="Convention territoriale de Carmaux", starts_on=date(2024, 12, 3),
        introduction="Ce que la ville, l'agglomération et l'État font ensemble à Carmaux.", neighbourhoods=carmaux,
        signatories=[signatories[key] for key in ("carmaux", "agglo", "prefecture")],
    )  # fmt: skip
    actions.log_meet_up(
        actor=lead, contract=contract, signatories=[signatories["caf"], signatories["education"]],
        held_on=date(2026, 9, 22), place="Maison de quartier de Lapanouse",
        note="Chacun a découvert les permanences de l'autre ; une visite commune est prévue en janvier.",
    )  # fmt: skip
    _hand_over(lead, signatories["education"])


def _hand_over(lead: Actor, signatory: Signatory) -> None:
    someone = DemoContact("Léonard Mbaye-Fontès", "Conseiller technique", "leonard@education.example", "05 00 00 08 20")
    contact = actions.add_contact(
        actor=lead, signatory=signatory, name=someone.name, position=someone.position, email=someone.email,
        phone=someone.phone,
    )  # fmt: skip
    term = signatory.referents.select_related("signatory").get(ends_on=None)
    former = term.contact
    handover = actions.hand_over(
        actor=lead, term=term, contact=contact, starts_on=date(2026, 9, 1),
        note="Les stages de troisième se préparent dès octobre ; appeler les deux collèges avant les vacances.",
        passed_on="Le tableau des stages\nL'accès au dossier partagé\nLa date du prochain comité : 8 décembre",
    )  # fmt: skip
    actions.add_substitute(actor=lead, term=handover.successor, contact=former, starts_on=date(2026, 9, 1))
