"""Addresses of what is given back: /<space>/evaluation/<code>/restitutions/…"""

from django.urls import path

from comptoir.evaluation.views import restitution

urlpatterns = [
    path("restitutions/", restitution.restitutions, name="restitutions"),
    path("restitutions/figer/", restitution.restitution_new, name="restitution_new"),
    path("restitutions/<int:number>/", restitution.restitution, name="restitution"),
    path("questions/<str:item>/reponse/", restitution.answer_write, name="answer_write"),
]
