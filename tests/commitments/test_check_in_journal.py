"""Every action on check-ins writes its line, in codes and numbers: nothing that somebody typed."""

import json
from typing import Any

from rounds_of_tests import MONDAY, contact, held, opened, request_of

from comptoir.audit.models import Entry
from comptoir.commitments import actions

SAID = "zinnia"
DONE = {
    "commitments.open_round", "commitments.send_due", "commitments.reply", "commitments.forward",
    "commitments.mark_unreached", "commitments.send_again", "commitments.set_rhythm", "commitments.close_round",
    "commitments.reopen_round",
}  # fmt: skip


def test_what_is_done_to_check_ins_is_in_the_journal_without_a_word_of_anybody(deal: Any) -> None:
    first = deal.precise(wording=f"Un {SAID} par jardin")
    second = deal.precise(wording=f"Deux {SAID}", signatory=deal.town, contact=contact(deal.town, SAID))
    before = set(Entry.objects.values_list("pk", flat=True))
    actions.set_rhythm(
        actor=deal.lead, contract=deal.contract, every_months=2, spread_days=1, per_person=3, substitute_after=0
    )
    found = opened(deal)
    request = request_of(first)
    actions.reply(
        actor=held(request), commitment=first, answer="done", channel="link", on=MONDAY, line=SAID, request=request
    )
    actions.reply(
        actor=held(request), commitment=first, answer="stuck", channel="link", on=MONDAY, line=SAID, request=request
    )
    other = request_of(second)
    actions.mark_unreached(actor=deal.lead, found=found, contact=other.contact)
    actions.send_again(actor=deal.lead, found=found, contact=other.contact, on=MONDAY)
    actions.forward(actor=held(other), request=request_of(second), name=SAID, email=f"{SAID}2@exemple.fr", on=MONDAY)
    actions.close_round(actor=deal.lead, found=found, on=MONDAY)
    actions.reopen_round(actor=deal.lead, found=found)
    lines = list(Entry.objects.exclude(pk__in=before))
    assert {line.action for line in lines} >= DONE
    for line in lines:
        assert SAID not in json.dumps([line.action, line.label, line.organisation, line.details])
        assert line.label[0].isupper()
        assert line.space_id == deal.lead.space.pk
    by_link = [line for line in lines if line.action == "commitments.reply"]
    assert {(line.actor_id, line.organisation) for line in by_link} == {(None, "Régie de quartier")}
