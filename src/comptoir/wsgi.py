"""The WSGI application that the server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comptoir.settings")
application = get_wsgi_application()

# What the application is made of stays until the end. Walked through again by the collector, it made one page in ten
# wait a tenth of a second more: every view is loaded, then all of it is set aside.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 10, 10)  # a page makes thousands of objects, and forgets them all
