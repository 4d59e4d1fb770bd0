"""What every action on the contract asks first."""

from uuid import UUID

from comptoir.accounts.models import Actor
from comptoir.contracts.models import CityContract, Contact, Signatory
from comptoir.contracts.rules import may_edit_card, may_edit_contract
from comptoir.kit.errors import Invalid, Refused


def check_space(actor: Actor, space_id: UUID) -> None:
    if space_id != actor.space.pk:
        raise Refused("Ceci n'est pas dans votre espace.")


def check_may_edit(actor: Actor, contract: CityContract | None = None) -> None:
    if not may_edit_contract(actor):
        raise Refused("Seule la personne qui conduit le projet modifie le contrat.")
    if contract is not None:
        check_space(actor, contract.space_id)


def check_may_edit_card(actor: Actor, signatory: Signatory) -> None:
    if not may_edit_card(actor, signatory):
        raise Refused("Vous pouvez modifier la fiche de votre organisme seulement.")
    if signatory.withdrawn_at is not None:
        raise Refused("Cet organisme n'est plus signataire du contrat.")


def check_contact(signatory: Signatory, contact: Contact) -> None:
    """The person is one of this signatory's, and still there."""
    if contact.signatory_id != signatory.pk or contact.withdrawn_at is not None:
        raise Invalid("Choisissez une personne de cet organisme.", field="contact")


def said(value: str, field: str, sentence: str) -> str:
    """A text that has to say something, without the blanks around it."""
    if not value.strip():
        raise Invalid(sentence, field=field)
    return value.strip()
