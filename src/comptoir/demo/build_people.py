"""The people of the demonstration: a service for the referent, an invitation without an answer."""

from comptoir.accounts.actions import give_role, invite, unit_named
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership, Organisation
from comptoir.spaces.mail import mark_sent


def furnish(lead: Actor) -> None:
    """What makes the page of people worth looking at. No mail leaves a demonstration."""
    referent = Membership.objects.select_related("person", "organisation").get(space=lead.space, role=Role.REFERENT)
    unit = unit_named(referent.organisation, "Direction de la proximité")
    give_role(
        actor=lead, person=referent.person, role=Role.REFERENT, organisation=referent.organisation, unit=unit,
    )  # fmt: skip
    town = Organisation.objects.get(name="Ville d'Albi")
    invitation = invite(
        actor=lead, email="ousmane@comptoir.example", role=Role.REFERENT, organisation=town,
        unit=unit_named(town, "Direction de l'éducation"),
    )  # fmt: skip
    assert invitation.mail is not None
    mark_sent(invitation.mail)
