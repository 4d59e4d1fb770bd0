from django.urls import path

from comptoir.portal import dashboard_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:slug>/", views.space, name="space"),
    path("<slug:slug>/vu/", dashboard_views.dashboard_seen, name="dashboard_seen"),
    path("<slug:slug>/ma-semaine/", views.week, name="week"),
    path("<slug:slug>/journal/", views.journal, name="journal"),
]
