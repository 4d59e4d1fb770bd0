"""Addresses of imports, inside a space. A kind that a room registers is here at once."""

from django.urls import path

from comptoir.imports import views

urlpatterns = [
    path("", views.batches, name="imports"),
    path("<slug:name>/nouveau/", views.batch_new, name="batch_new"),
    path("<slug:name>/modele.xlsx", views.batch_template, name="batch_template"),
    path("<str:code>/", views.batch, name="batch"),
    path("<str:code>/colonnes/", views.batch_columns, name="batch_columns"),
    path("<str:code>/refus.csv", views.batch_refused, name="batch_refused"),
    path("<str:code>/annuler/", views.batch_void, name="batch_void"),
]
