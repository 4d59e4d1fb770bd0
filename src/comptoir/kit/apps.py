from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "comptoir.kit"
    verbose_name = "Trousse"
