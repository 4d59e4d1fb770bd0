"""Addresses of the thread: /<space>/fil/…"""

from django.urls import path

from comptoir.thread.views import linking, measures, traces

urlpatterns = [
    path("", measures.thread_home, name="thread_home"),
    path("a-relier/relier/", linking.suggestion_act, name="suggestion_act"),
    path("a-relier/<str:what>/", linking.to_link, name="to_link"),
    path("a-relier/engagements/<str:code>/", linking.suggested_lines, name="suggested_lines"),
    path("a-relier/lignes/<str:code>/", linking.suggested_commitments, name="suggested_commitments"),
    path("a-relier/objectifs/<str:code>/", linking.cite_choose, name="cite_choose"),
    path("a-relier/objectifs/<str:code>/citer/", linking.cite_act, name="cite_act"),
    path("<str:kind>/<str:code>/", traces.thread, name="thread"),
]
