"""The doors of the thread."""

from typing import Any

from doors import EVERYONE, LEAD, TEAM, Door

from comptoir.accounts.actions import organisation_named
from comptoir.accounts.models import Actor
from comptoir.commitments.actions import write
from comptoir.contracts.actions import add_objective, add_signatory, open_contract
from comptoir.voices.actions import add_note
from comptoir.voices.enums import HeadingKind, Subject
from comptoir.workshops.actions import add_comptoir, open_workshop

ONE, LINE, OBJECTIVE = ("{thread_commitment}",), ("{thread_line}",), ("{thread_objective}",)
PAIR = {"commitment": "{thread_commitment}", "line": "{thread_line}"}

DOORS = (
    Door("thread_home", EVERYONE),
    Door("thread", EVERYONE, ("engagement", "{thread_commitment}")),
    Door("thread", EVERYONE, ("ligne", "{thread_line}")),
    Door("thread", EVERYONE, ("parole", "{thread_line}")),
    Door("thread", EVERYONE, ("objectif", "{thread_objective}")),
    *(Door("to_link", TEAM, (what,)) for what in ("engagements", "lignes", "objectifs")),
    Door("suggested_lines", TEAM, ONE),
    Door("suggested_commitments", TEAM, LINE),
    Door("suggestion_act", TEAM, post={**PAIR, "verb": "relier"}),
    Door("suggestion_act", TEAM, post={**PAIR, "verb": "non"}),
    Door("suggestion_act", TEAM, post={**PAIR, "verb": "encore", "from": "line"}),
    Door("suggestion_act", TEAM, post={**PAIR, "verb": "enlever"}),
    Door("cite_choose", LEAD, OBJECTIVE),
    Door("cite_act", LEAD, OBJECTIVE, {"line": "{thread_line}", "verb": "relier"}),
    Door("cite_act", LEAD, OBJECTIVE, {"line": "{thread_line}", "verb": "enlever"}),
)


def things(lead: Actor, member: Any) -> dict[str, str]:
    """A commitment and an objective that nobody has linked yet, and a line."""
    contract = open_contract(actor=lead, name="Contrat du fil")
    town = organisation_named("Ville de Val-Clair")
    assert town is not None
    signatory = add_signatory(actor=lead, contract=contract, organisation=town)
    objective = add_objective(actor=lead, contract=contract, text="S'asseoir dehors")
    commitment = write(actor=lead, signatory=signatory, wording="Poser dix bancs")
    workshop = open_workshop(actor=lead, title="Comptoir du fil")
    occasion = add_comptoir(actor=lead, workshop=workshop, title="Habitants", subject=Subject.RESIDENTS).occasion
    line = add_note(actor=lead, heading=occasion.headings.exclude(kind=HeadingKind.WHO)[0], words="Poser un banc")
    return {
        "thread_commitment": commitment.code, "thread_objective": objective.code, "thread_line": line.code,
    }  # fmt: skip
