"""Advice on how a commitment is written (`analysis.measurability`), from what is there or being typed."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from comptoir.analysis.measurability import Advice, Fields, anybody_could_tell, measurability
from comptoir.commitments.models import Commitment
from comptoir.contracts.models import Contact


def fields_of(commitment: Commitment, referent: Contact | None) -> Fields:
    return Fields(
        commitment.text, who=referent is not None, due_on=commitment.due_on, yearly=commitment.yearly,
        measure=commitment.measure, expected_proof=commitment.expected_proof,
    )  # fmt: skip


def advice_on(commitment: Commitment, referent: Contact | None) -> list[Advice]:
    return measurability(fields_of(commitment, referent))


def hard_to_check(commitments: Iterable[Commitment]) -> set[UUID]:
    """Those that advice could make easier to check, whoever answers for them."""
    return {
        one.pk
        for one in commitments
        if not anybody_could_tell(Fields(one.text, True, one.due_on, one.yearly, one.measure, one.expected_proof))
    }


def advice_while_writing(data: Any, *, who: bool) -> list[Advice]:
    """The same of what a form holds as it is being typed; a day that cannot be read yet counts as said."""
    wording = str(data.get("wording", "")).strip()
    if not wording:
        return []
    return measurability(
        Fields(
            f"{wording} {data.get('due_on', '')}".strip() if data.get("due_on") else wording, who=who,
            yearly=bool(data.get("first_year") or data.get("due_on")),
            measure=str(data.get("measure", "")), expected_proof=str(data.get("expected_proof", "")),
        )
    )  # fmt: skip
