"""The thread of the invented agglomeration, tied through the actions that people use."""

from collections.abc import Iterator, Mapping

from comptoir.accounts.models import Actor
from comptoir.commitments.actions import link
from comptoir.commitments.models import Commitment
from comptoir.contracts.models import CityContract, Objective
from comptoir.demo.content.thread import ANSWERED, CITED, UNRELATED
from comptoir.thread.actions import cite, refuse
from comptoir.voices.models import Statement, Verbatim


def build_thread(lead: Actor, contract: CityContract) -> None:
    """Objectives cite lines, commitments answer more of them, one suggestion was refused; some stay to be linked."""
    for text, statement in _pairs(lead, CITED):
        objective = Objective.objects.shown().with_words().get(contract=contract, wording__text=text)
        cite(actor=lead, objective=objective, statement=statement)
    for text, statement in _pairs(lead, ANSWERED):
        link(actor=lead, commitment=_commitment(contract, text), statement=statement)
    for text, statement in _pairs(lead, UNRELATED):
        refuse(actor=lead, commitment=_commitment(contract, text), statement=statement)


def _pairs(lead: Actor, content: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Statement]]:
    for text, said in content.items():
        for words in said:
            yield text, Verbatim.objects.get(space=lead.space, words=words).statement


def _commitment(contract: CityContract, text: str) -> Commitment:
    return Commitment.objects.shown().get(contract=contract, wording__text=text)
