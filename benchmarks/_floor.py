"""The floor of the stack: a bare Django page, one query, twenty rows through a template, on the server of the house.

No middleware, no session, no form: what Django, the database driver, the template engine and the server cost at
least. It reads the very table that the pages read, so both databases are alike.
"""

import os
from pathlib import Path

import django
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

from comptoir import env

settings.configure(
    SECRET_KEY="only-for-the-measure-of-a-page-without-session",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": env.database("COMPTOIR_DATABASE_URL", Path(os.environ["COMPTOIR_DATA"]))},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    USE_TZ=True,
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402  # models may be named once Django is set up
from django.db import models  # noqa: E402  # the same
from django.template import engines  # noqa: E402  # the same

PAGE = engines["django"].from_string(
    "<!doctype html><html lang=fr><title>Bonjour</title><h1>Bonjour</h1><ul>"
    "{% for row in rows %}<li id=l{{ row.pk }}>{{ row.words }} <b>{{ row.tally }}</b></li>{% endfor %}</ul></html>"
)


class Row(models.Model):
    """A note, read from the table of the house."""

    id = models.UUIDField(primary_key=True)
    words = models.TextField()
    tally = models.IntegerField()

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "voices_verbatim"

    def __str__(self) -> str:
        return self.words


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PAGE.render({"rows": Row.objects.order_by("id")[:20]}, request))


urlpatterns = [path("", hello)]
application = get_wsgi_application()
