"""The text of the invented contract, half read: one passage accepted, one left, the others waiting for a person."""

from datetime import date

from comptoir.accounts.models import Actor
from comptoir.analysis.documents import Block, Document, Heading, Paragraph, write
from comptoir.commitments import actions
from comptoir.commitments.models import Commitment
from comptoir.contracts.models import CityContract
from comptoir.demo.content.contract_text import HEADINGS_AND_TEXTS, NAME


def build_contract_text(lead: Actor, contract: CityContract) -> None:
    """Brought, read by the machine, begun by the project lead."""
    blocks: list[Block] = []
    for heading, texts in HEADINGS_AND_TEXTS:
        blocks += [Heading(1, heading), *(Paragraph(text) for text in texts)]
    content = write(Document(contract.name, tuple(blocks)), "odt")
    reading = actions.bring_text(actor=lead, contract=contract, content=content, name=NAME)
    actions.read_text(reading.pk)
    first, last = reading.proposals.select_related("signatory").first(), reading.proposals.last()
    assert first is not None
    assert last is not None
    signatory = first.signatory or contract.signatories.shown().by_name()[0]
    actions.take_proposal(
        actor=lead, proposal=first, signatory=signatory, wording=first.wording, due_on=first.due_on, level="inform"
    )
    actions.leave_proposal(actor=lead, proposal=last)


def build_agreements(lead: Actor, contract: CityContract) -> None:
    """Two signatories signed their sheet; one of them wrote a commitment again since."""
    shown = Commitment.objects.shown().filter(contract=contract).with_words().in_table_order()
    by_signatory: dict[object, list[Commitment]] = {}
    for commitment in shown:
        by_signatory.setdefault(commitment.signatory_id, []).append(commitment)
    signing = [found for found in by_signatory.values() if len(found) > 1][:2]
    for found in signing:
        actions.sign_off(
            actor=lead,
            signatory=found[0].signatory,
            commitments=found,
            agreed_by="La direction",
            agreed_on=date(2026, 3, 3),
        )
    if signing:
        again = signing[0][-1]
        text = f"{again.text.rstrip('.')}, et le dire dans le quartier"
        actions.reword(actor=lead, commitment=again, text=text, reason="Précisé en réunion")
