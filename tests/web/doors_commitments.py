"""The doors of commitments."""

from datetime import date
from typing import Any

from doors import EVERYONE, LEAD, TEAM, Door

from comptoir.accounts.actions import organisation_named
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership
from comptoir.commitments import actions
from comptoir.contracts.actions import add_signatory, open_body, open_contract, plan_meeting
from comptoir.voices.actions import add_note
from comptoir.voices.enums import HeadingKind, Subject
from comptoir.workshops.actions import add_comptoir, open_workshop

WRITING = frozenset({Role.PROJECT_LEAD, Role.REFERENT})
TELLING = TEAM | {Role.REFERENT}
OFFICIAL = frozenset({Role.ELECTED_OFFICIAL})
PREPARING = TEAM | OFFICIAL
PROMISING = PREPARING | {Role.REFERENT}
RESIDENT = frozenset({Role.COUNCIL_MEMBER})
ONE = ("{commitment}",)
PROOF = {"kind": "link", "url": "https://exemple.fr/", "label": "Le local", "unit": "", "figure": ""}

DOORS = (
    Door("commitments", EVERYONE),
    Door("commitment_new", WRITING),
    Door("commitment_new", WRITING, post={"signatory": "{own_signatory}", "wording": "Rouvrir la loge"}),
    Door("commitment", EVERYONE, ONE),
    Door("commitment_edit", WRITING, ONE),
    Door("commitment_edit", WRITING, ONE, {"measure": "un local ouvert"}),
    Door("commitment_reword", WRITING, ONE),
    Door("commitment_reword", WRITING, ONE, {"wording": "Rouvrir la loge en mars"}),
    Door("commitment_withdraw", WRITING, ONE, {}),
    Door("means_new", WRITING, ONE),
    Door("means_new", WRITING, ONE, {"kind": "mainstream", "amount": "2", "unit": "fte"}),
    Door("means_remove", WRITING, ("{commitment}", "0"), {}),
    Door("evidence_new", TELLING, ONE),
    Door("evidence_new", TELLING, ONE, PROOF),
    Door("evidence_confirm", TEAM, ("{commitment}", "{evidence}"), {}),
    Door("evidence_withdraw", TELLING, ("{commitment}", "{evidence}"), {}),
    Door("decision_new", LEAD, ONE),
    Door(
        "decision_new", LEAD, ONE, {"meeting": "{deciding_meeting}", "outcome": "not_done", "reason": "Faute de budget"}
    ),
    Door("decision_reply", WRITING, ("{commitment}", "{own_decision}")),
    Door("decision_reply", WRITING, ("{commitment}", "{own_decision}"), {"reply": "Nous le proposons en 2027"}),
    Door("link_choose", TEAM, ONE),
    Door("link_act", TEAM, ONE, {"line": "{said}"}),
    Door("commitment_line", WRITING, ONE),
    Door("commitment_line", WRITING, ONE, {"next_step": "Les clés", "answer": "ongoing", "line": "On y est"}),
    Door("brief", PREPARING),
    Door("review", EVERYONE),
    Door("review_new", TEAM),
    Door("review_new", TEAM, post={"presenter": "{own_signatory}", "held_on": "2026-10-08"}),
    Door("promises", EVERYONE),
    Door("promise_new", PROMISING),
    Door(
        "promise_new",
        PROMISING,
        post={"text": "Des bancs", "made_on": "2026-10-01", "consented": "on", "author_name": "Une voisine"},
    ),
    Door("promise_capacity", LEAD),
    Door("promise_capacity", LEAD, post={"all": "3"}),
    Door("promise", PREPARING, ("{promise}",), otherwise=404),
    Door("promise", EVERYONE, ("{published_promise}",)),
    Door("promise_publish", OFFICIAL, ("{promise}",), {}, otherwise=404),
    Door("promise_withdraw", PREPARING, ("{promise}",), {}, otherwise=404),
    Door("promise_follow", PREPARING, ("{promise}",), otherwise=404),
    Door("promise_follow", PREPARING, ("{promise}",), {"fate": "kept", "explanation": ""}, otherwise=404),
    Door("promise_become", TEAM, ("{promise}",)),
    Door("promise_become", TEAM, ("{promise}",), {"commitment": "{own_commitment}"}),
    Door("watch", RESIDENT, ONE, {}, otherwise=404),
    Door("watch_stop", RESIDENT, ONE, {}, otherwise=404),
    Door("watch_keeper_new", TEAM, ONE),
    Door("watch_keeper_new", TEAM, ONE, {"member": "{reading_member}"}),
    Door("flag_new", RESIDENT, ONE, otherwise=404),
    Door("flag_new", RESIDENT, ONE, {"text": "Quand ?"}, otherwise=404),
    Door("flag_answer", TELLING, ("{commitment}", "{flag}")),
    Door("flag_answer", TELLING, ("{commitment}", "{flag}"), {"answer": "En mars"}),
    Door("flag_withdraw", RESIDENT, ("{commitment}", "{flag}"), {}, otherwise=404),
    Door("workbook", EVERYONE),
    Door("workbook_file", EVERYONE),
    Door("agreements", EVERYONE),
    Door("agreement", EVERYONE, ("{own_signatory_code}",)),
    Door(
        "agreement",
        WRITING,
        ("{own_signatory_code}",),
        {"agreed_by": "La directrice", "agreed_on": "2026-10-02", "commitments": "{own_commitment}"},
        otherwise=404,
    ),
    Door("commitment_advice", WRITING),
    Door("signatory_sheet", EVERYONE, ("{own_signatory_code}", "odt")),
    Door("signatory_sheets", EVERYONE, ("{own_contract}", "odt")),
    Door("contract_texts", LEAD),
    Door("contract_texts", LEAD, post={"text": "La régie s'engage à ouvrir."}),
    Door("contract_text", LEAD, ("{contract_text}",)),
    Door("contract_text", LEAD, ("{contract_text_waiting}",), {}),
    Door("text_proposal", LEAD, ("{contract_text}", "1")),
    Door("text_proposal", LEAD, ("{contract_text}", "1"), {"verb": "leave"}),
    Door("stored_file", EVERYONE, ("{contract_text_file}",)),
    Door("snapshots", EVERYONE),
    Door("snapshot", EVERYONE, ("{snapshot}",)),
    Door("snapshot_new", LEAD),
    Door("snapshot_new", LEAD, post={"meeting": "{deciding_meeting}", "validated_by": "Le comité"}),
)


def things(lead: Actor, member: Any) -> dict[str, str]:
    """A commitment of the organisation that the referent speaks for, with a proof, a decision and a snapshot."""
    member(Role.READER)
    contract = open_contract(actor=lead, name="Contrat de Val-Clair", starts_on=date(2027, 1, 1))
    own = organisation_named("Régie de quartier")
    assert own is not None
    signatory = add_signatory(actor=lead, contract=contract, organisation=own)
    body = open_body(actor=lead, contract=contract, name="Comité qui valide", validates=True)
    meeting = plan_meeting(actor=lead, body=body, held_on=date(2026, 10, 8))
    commitment = actions.write(actor=lead, signatory=signatory, wording="Rouvrir le local de la tour 4")
    actions.set_means(actor=lead, commitment=commitment, means=[("mainstream", "fte", 1, "")])
    evidence = actions.give_evidence(
        actor=member(Role.REFERENT), commitment=commitment, given_on=date(2026, 10, 1), **_proof()
    )
    decision = actions.decide(
        actor=lead, commitment=commitment, meeting=meeting, outcome="amended", reason="Le local a changé"
    )
    snapshot = actions.take_snapshot(
        actor=lead, contract=contract, meeting=meeting, validated_by="Le comité", taken_on=date(2026, 10, 8)
    )
    official, resident, today = member(Role.ELECTED_OFFICIAL), member(Role.COUNCIL_MEMBER), date(2026, 10, 8)
    members = {m.role: m for m in Membership.objects.filter(space=lead.space).select_related("person")}
    promises = [
        actions.write_promise(
            actor=official, contract=contract, text=text, made_on=today, on=today, author=members[Role.ELECTED_OFFICIAL]
        )
        for text in ("Des bancs", "Un abri")
    ]
    actions.publish_promise(actor=official, promise=promises[1])
    actions.watch(actor=resident, commitment=commitment, since=today)
    flag = actions.raise_flag(actor=resident, commitment=commitment, text="Pourquoi ?", on=today)
    workshop = open_workshop(actor=lead, title="Comptoir des engagements", held_on=date(2026, 9, 1))
    occasion = add_comptoir(actor=lead, workshop=workshop, title="Habitants", subject=Subject.RESIDENTS).occasion
    said = add_note(actor=lead, heading=occasion.headings.exclude(kind=HeadingKind.WHO)[0], words="Un local ouvert")
    text = "La régie de quartier s'engage à ouvrir un local.".encode()
    reading = actions.bring_text(actor=lead, contract=contract, content=text, name="contrat.txt")
    actions.read_text(reading.pk)
    waiting = actions.bring_text(actor=lead, contract=contract, content=b"Un autre texte.", name="autre.txt")
    return {
        "own_signatory_code": signatory.code, "own_commitment": str(commitment.pk), "own_contract": contract.code,
        "contract_text_waiting": waiting.code, "contract_text": reading.code, "contract_text_file": reading.file.code,
        "commitment": commitment.code, "own_signatory": str(signatory.pk), "evidence": evidence.code,
        "own_decision": str(decision.pk), "deciding_meeting": str(meeting.pk), "snapshot": snapshot.code,
        "said": said.code, "promise": promises[0].code, "published_promise": promises[1].code, "flag": flag.code,
        "reading_member": str(members[Role.READER].pk),
    }  # fmt: skip


def _proof() -> dict[str, Any]:
    return {key: value for key, value in PROOF.items() if key in {"kind", "url", "label"}}
