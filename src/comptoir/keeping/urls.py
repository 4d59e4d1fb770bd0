from django.urls import path

from comptoir.keeping import views

urlpatterns = [path("conservation/", views.retention, name="retention")]
