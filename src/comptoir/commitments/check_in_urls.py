"""Addresses of check-ins: the team's, and « Où en est-on ? », which a link opens without an account."""

from django.urls import path

from comptoir.commitments.views import asked, check_ins, check_ins_by_hand

urlpatterns = [
    path("points-d-etape/", check_ins.check_ins, name="check_ins"),
    path("points-d-etape/nouveau/", check_ins.check_in_new, name="check_in_new"),
    path("points-d-etape/rythme/", check_ins.check_in_rhythm, name="check_in_rhythm"),
    path("points-d-etape/engagement/<str:code>/", check_ins_by_hand.check_in_tell, name="check_in_tell"),
    path("points-d-etape/<str:code>/", check_ins.check_in_round, name="check_in_round"),
    path("points-d-etape/<str:code>/clore/", check_ins.check_in_close, name="check_in_close"),
    path("points-d-etape/<str:code>/rouvrir/", check_ins.check_in_reopen, name="check_in_reopen"),
    path("points-d-etape/<str:code>/feuilles/", check_ins_by_hand.check_in_sheets, name="check_in_sheets"),
    path("points-d-etape/<str:code>/<str:person>/", check_ins_by_hand.check_in_person, name="check_in_person"),
    path("points-d-etape/<str:code>/<str:person>/non-joint/", check_ins.check_in_unreached, name="check_in_unreached"),
    path("points-d-etape/<str:code>/<str:person>/renvoyer/", check_ins.check_in_again, name="check_in_again"),
    path("ou-en-est-on/<str:token>/", asked.check_in, name="check_in"),
    path("ou-en-est-on/<str:token>/apparence-<str:version>.css", asked.check_in_look, name="check_in_look"),
    path("ou-en-est-on/<str:token>/logo-<str:version>.png", asked.check_in_logo, name="check_in_logo"),
    path("ou-en-est-on/<str:token>/merci/", asked.check_in_thanks, name="check_in_thanks"),
    path("ou-en-est-on/<str:token>/<str:code>/", asked.check_in_question, name="check_in_question"),
    path("ou-en-est-on/<str:token>/<str:code>/transmettre/", asked.check_in_forward, name="check_in_forward"),
]
