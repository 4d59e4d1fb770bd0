from django.urls import path

from comptoir.reports import restitution, views

urlpatterns = [
    path("fiches/<str:code>.<str:suffix>", views.signatory_sheet, name="signatory_sheet"),
    path("fiches-<str:code>-<str:suffix>.zip", views.signatory_sheets, name="signatory_sheets"),
    path("synthese/<str:code>/<str:version>.<str:suffix>", views.synthesis_document_view, name="synthesis_document"),
    path("evaluation/<str:code>.<str:suffix>", views.evaluation_document_view, name="evaluation_document"),
    path("restitution/<str:code>.<str:suffix>", restitution.restitution_document, name="restitution_document"),
    path("restitution/<str:code>/extrait.zip", restitution.restitution_extract, name="restitution_extract"),
    path("restitution/<str:code>/<str:kind>", restitution.restitution_deck, name="restitution_deck"),
]
