"""Addresses of the contract: /<space>/contrat/<code>/…"""

from django.urls import path

from comptoir.contracts.views import bodies, contacts, contract, objectives, referents, signatories, who

SIGNATORY = "<str:code>/signataires/<str:item>/"
TERM = SIGNATORY + "referents/<str:term>/"
OBJECTIVE = "<str:code>/objectifs/<str:item>/"
WORDING = OBJECTIVE + "versions/<int:number>/"

urlpatterns = [
    path("", contract.home, name="contract_home"),
    path("nouveau/", contract.contract_new, name="contract_new"),
    path("<str:code>/", contract.contract, name="contract"),
    path("<str:code>/modifier/", contract.contract_edit, name="contract_edit"),
    path("<str:code>/perimetre/", contract.perimeter, name="contract_perimeter"),
    path("<str:code>/conventions/nouvelle/", contract.convention_new, name="convention_new"),
    path("<str:code>/conventions/<str:item>/", contract.convention, name="convention"),
    path("<str:code>/conventions/<str:item>/modifier/", contract.convention_edit, name="convention_edit"),
    path("<str:code>/conventions/<str:item>/retirer/", contract.convention_withdraw, name="convention_withdraw"),
    path("<str:code>/signataires/", signatories.signatories, name="signatories"),
    path("<str:code>/signataires/nouveau/", signatories.signatory_new, name="signatory_new"),
    path("<str:code>/rencontres/nouvelle/", signatories.meet_up_new, name="meet_up_new"),
    path("<str:code>/rencontres/<str:met>/retirer/", signatories.meet_up_withdraw, name="meet_up_withdraw"),
    path(SIGNATORY, signatories.signatory, name="signatory"),
    path(SIGNATORY + "modifier/", signatories.signatory_edit, name="signatory_edit"),
    path(SIGNATORY + "retirer/", signatories.signatory_withdraw, name="signatory_withdraw"),
    path(SIGNATORY + "services/nouveau/", signatories.unit_new, name="unit_new"),
    path(SIGNATORY + "services/<str:unit>/retirer/", signatories.unit_withdraw, name="unit_withdraw"),
    path(SIGNATORY + "contacts/nouveau/", signatories.contact_new, name="contact_new"),
    path(SIGNATORY + "contacts/<str:contact>/", signatories.contact_edit, name="contact_edit"),
    path(SIGNATORY + "contacts/<str:contact>/retirer/", signatories.contact_withdraw, name="contact_withdraw"),
    path(SIGNATORY + "competences/", who.competences_edit, name="competences_edit"),
    path(SIGNATORY + "competences/habituelles/", who.competences_usual, name="competences_usual"),
    path(SIGNATORY + "referents/nouveau/", referents.referent_new, name="referent_new"),
    path(TERM + "suppleant/", referents.substitute_new, name="substitute_new"),
    path(TERM + "suppleant/<str:substitute>/fin/", referents.substitute_end, name="substitute_end"),
    path(TERM + "passer-la-main/", referents.referent_hand_over, name="referent_hand_over"),
    path(TERM + "fin/", referents.referent_end, name="referent_end"),
    path("<str:code>/annuaire/", contacts.contacts, name="contacts"),
    path("<str:code>/qui-fait-quoi/", who.who_does_what, name="who_does_what"),
    path("<str:code>/competences/", who.competences, name="competences"),
    path("<str:code>/objectifs/", objectives.objectives, name="objectives"),
    path("<str:code>/objectifs/nouveau/", objectives.objective_new, name="objective_new"),
    path(OBJECTIVE, objectives.objective, name="objective"),
    path(OBJECTIVE + "rediger/", objectives.wording_new, name="wording_new"),
    path(OBJECTIVE + "differences/", objectives.wording_differences, name="wording_differences"),
    path(OBJECTIVE + "deplacer/", objectives.objective_move, name="objective_move"),
    path(OBJECTIVE + "retirer/", objectives.objective_withdraw, name="objective_withdraw"),
    path(WORDING + "retenir/", objectives.wording_adopt, name="wording_adopt"),
    path(WORDING + "commenter/", objectives.wording_comment, name="wording_comment"),
    path(WORDING + "avis/", objectives.wording_opinion, name="wording_opinion"),
    path("<str:code>/instances/", bodies.bodies, name="bodies"),
    path("<str:code>/instances/nouvelle/", bodies.body_new, name="body_new"),
    path("<str:code>/instances/<str:item>/modifier/", bodies.body_edit, name="body_edit"),
    path("<str:code>/instances/<str:item>/reunions/nouvelle/", bodies.meeting_new, name="meeting_new"),
    path("<str:code>/reunions/<str:item>/", bodies.meeting, name="meeting"),
    path("<str:code>/reunions/<str:item>/modifier/", bodies.meeting_edit, name="meeting_edit"),
]
