"""Addresses of what is given back: /<space>/evaluation/<code>/restitutions/…"""

from django.urls import path

from comptoir.evaluation.views import lessons, outside, plain, restitution, thanks

urlpatterns = [
    path("restitutions/", restitution.restitutions, name="restitutions"),
    path("restitutions/figer/", restitution.restitution_new, name="restitution_new"),
    path("restitutions/<int:number>/", restitution.restitution, name="restitution"),
    path("restitutions/<int:number>/clair/", plain.plain_page, name="plain_page"),
    path("restitutions/<int:number>/clair/relue/", plain.plain_reread, name="plain_reread"),
    path("restitutions/<int:number>/clair/publier/", plain.plain_publish, name="plain_publish"),
    path("restitutions/<int:number>/clair/<str:item>/", plain.plain_write, name="plain_write"),
    path("restitutions/<int:number>/note/", outside.outside_note_new, name="outside_note_new"),
    path("restitutions/<int:number>/note/<uuid:note>/ne-vaut-plus/", outside.outside_note_disown,
         name="outside_note_disown"),
    path("retenu/", lessons.lessons, name="lessons"),
    path("retenu/lecons/nouvelle/", lessons.lesson_new, name="lesson_new"),
    path("retenu/competences/nouvelle/", lessons.skill_new, name="skill_new"),
    path("retenu/<str:item>/retirer/", lessons.learnt_withdraw, name="learnt_withdraw"),
    path("merci/", thanks.thanks, name="thanks"),
    path("merci/affiche/", thanks.thanks_poster, name="thanks_poster"),
    path("merci/nouveau/", thanks.thanks_new, name="thanks_new"),
    path("merci/<str:item>/retirer/", thanks.thanks_withdraw, name="thanks_withdraw"),
    path("questions/<str:item>/reponse/", restitution.answer_write, name="answer_write"),
]  # fmt: skip
