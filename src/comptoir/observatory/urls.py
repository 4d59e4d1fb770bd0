"""Addresses inside a space: /<space>/observatoire/…"""

from django.urls import path

from comptoir.observatory.views import collections, pages, register

urlpatterns = [
    path("", pages.observatory, name="observatory"),
    path("nouvel-indicateur/", register.indicator_new, name="observatory_indicator_new"),
    path("indicateurs/<str:code>/", pages.indicator, name="observatory_indicator"),
    path("indicateurs/<str:code>/corriger/", register.indicator_edit, name="observatory_indicator_edit"),
    path("indicateurs/<str:code>/retirer/", register.indicator_withdraw, name="observatory_indicator_withdraw"),
    path("indicateurs/<str:code>/cible/", register.target, name="observatory_target"),
    path("quartiers/<str:code>/", pages.neighbourhood, name="observatory_neighbourhood"),
    path("fournisseurs/", register.suppliers, name="observatory_suppliers"),
    path("fournisseurs/nouveau/", register.supplier_new, name="observatory_supplier_new"),
    path("fournisseurs/<str:code>/", register.supplier_edit, name="observatory_supplier_edit"),
    path("saisies/", collections.collections, name="observatory_collections"),
    path("saisies/demander/", collections.collection_new, name="observatory_collection_new"),
    path("saisies/<str:code>/", collections.collection, name="observatory_collection"),
    path("saisies/<str:code>/clore/", collections.collection_close, name="observatory_collection_close"),
]
