"""The filter `date` of every template, without a `load`: see kit.dates."""

from django.template import Library

from comptoir.kit.dates import date_text

register = Library()
register.filter("date", date_text, expects_localtime=True, is_safe=False)
