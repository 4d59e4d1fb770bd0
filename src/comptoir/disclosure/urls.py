"""Addresses of confidentiality: /<space>/confidentialite/"""

from django.urls import path

from comptoir.disclosure import views

urlpatterns = [path("", views.threshold, name="disclosure_threshold")]
