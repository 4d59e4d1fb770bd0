"""Addresses of surveys: /<space>/enquetes/… for members, /<space>/enquete/<code>/ for everybody."""

from django.urls import path

from comptoir.participation.views import answered, results, running, writing

urlpatterns = [
    path("enquetes/", writing.surveys, name="surveys"),
    path("enquetes/nouvelle/", writing.survey_new, name="survey_new"),
    path("enquetes/<str:code>/", writing.survey, name="survey"),
    path("enquetes/<str:code>/corriger/", writing.survey_edit, name="survey_edit"),
    path("enquetes/<str:code>/retirer/", writing.survey_withdraw, name="survey_withdraw"),
    path("enquetes/<str:code>/apercu/", writing.survey_preview, name="survey_preview"),
    path("enquetes/<str:code>/ouvrir/", running.survey_open, name="survey_open"),
    path("enquetes/<str:code>/reprendre/", running.survey_take_back, name="survey_take_back"),
    path("enquetes/<str:code>/arreter/", running.survey_stop, name="survey_stop"),
    path("enquetes/<str:code>/affiche/", running.survey_poster, name="survey_poster"),
    path("enquetes/<str:code>/papier/", running.survey_paper, name="survey_paper"),
    path("enquetes/<str:code>/saisir/", running.survey_type, name="survey_type"),
    path("enquetes/<str:code>/resultats/", results.survey_results, name="survey_results"),
    path("enquetes/<str:code>/resultats/liste/", results.survey_table, name="survey_table"),
    path("enquetes/<str:code>/paroles/", results.survey_words, name="survey_words"),
    path("enquetes/<str:code>/paroles/verser/", results.survey_pour, name="survey_pour"),
    path("enquetes/<str:code>/paroles/effacer/", results.survey_erase, name="survey_erase"),
    path("enquetes/<str:code>/questions/nouvelle/<str:kind>/", writing.survey_question_new, name="survey_question_new"),
    path("enquetes/<str:code>/questions/<str:item>/", writing.survey_question_edit, name="survey_question_edit"),
    path("enquetes/<str:code>/questions/<str:item>/deplacer/", writing.survey_question_move,
         name="survey_question_move"),
    path("enquetes/<str:code>/questions/<str:item>/retirer/", writing.survey_question_remove,
         name="survey_question_remove"),
    path("enquete/apparence-<str:version>.css", answered.survey_look, name="survey_look"),
    path("enquete/<str:code>/", answered.survey_answer, name="survey_answer"),
    path("enquete/<str:code>/merci/", answered.survey_thanks, name="survey_thanks"),
]  # fmt: skip
