"""Addresses of the bets on results: /<space>/evaluation/<code>/paris/…"""

from django.urls import path

from comptoir.evaluation.views import bets

urlpatterns = [
    path("paris/", bets.bet_list, name="bets"),
    path("paris/nouveau/", bets.bet_new, name="bet_new"),
    path("paris/<str:item>/", bets.bet_round, name="bet"),
    path("paris/<str:item>/parier/", bets.bet_place, name="bet_place"),
    path("paris/<str:item>/mains/", bets.bet_hands, name="bet_hands"),
    path("paris/<str:item>/clore/", bets.bet_close, name="bet_close"),
    path("paris/<str:item>/retirer/", bets.bet_withdraw, name="bet_withdraw"),
]
