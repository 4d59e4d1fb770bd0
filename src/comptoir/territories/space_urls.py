"""Addresses inside a space: /<space>/quartiers/…"""

from django.urls import path

from comptoir.territories.views import local

urlpatterns = [
    path("", local.space_neighbourhoods, name="space_neighbourhoods"),
    path("carte.json", local.space_map, name="space_map"),
    path("secteurs/nouveau/", local.local_area_new, name="local_area_new"),
    path("secteurs/importer/", local.local_areas_import, name="local_areas_import"),
    path("secteurs/importer/ajouter/", local.local_areas_load, name="local_areas_load"),
    path("secteurs/<str:code>/", local.local_area, name="local_area"),
    path("secteurs/<str:code>/corriger/", local.local_area_edit, name="local_area_edit"),
    path("secteurs/<str:code>/retirer/", local.local_area_withdraw, name="local_area_withdraw"),
    path("<str:code>/", local.space_neighbourhood, name="space_neighbourhood"),
]
