from django.apps import AppConfig


class SpacesConfig(AppConfig):
    name = "comptoir.spaces"
    verbose_name = "Espaces"
