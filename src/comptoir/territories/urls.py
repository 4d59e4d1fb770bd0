"""Addresses of public geography: /quartiers/…"""

from django.urls import path

from comptoir.territories.views import national, sources

urlpatterns = [
    path("", national.neighbourhoods, name="neighbourhoods"),
    path("carte.json", national.neighbourhood_map, name="neighbourhood_map"),
    path("fond.json", national.map_background, name="map_background"),
    path("fichiers/", sources.sources, name="territory_sources"),
    path("fichiers/charger/", sources.source_load, name="territory_source_load"),
    path("fichiers/travaux/<str:code>/", sources.source_job, name="territory_job"),
    path("<str:code>/", national.neighbourhood, name="neighbourhood"),
]
