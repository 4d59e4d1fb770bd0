from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "comptoir.disclosure"
    verbose_name = "Confidentialité"
