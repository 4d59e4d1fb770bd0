"""Addresses of what waits for an answer: /<space>/reponses/"""

from django.urls import path

from comptoir.commitments.views import answers

urlpatterns = [path("", answers.unanswered, name="unanswered")]
