"""Addresses of answers: /<space>/reponses/…"""

from django.urls import path

from comptoir.workshops.views import answers

urlpatterns = [
    path("donnees/", answers.answers_list, name="answers"),
    path("nouvelle/", answers.answer_new, name="answer_new"),
    path("publier/", answers.answers_publish, name="answers_publish"),
    path("<str:code>/retirer/", answers.answer_withdraw, name="answer_withdraw"),
]
