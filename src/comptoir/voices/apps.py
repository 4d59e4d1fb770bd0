from django.apps import AppConfig


class VoicesConfig(AppConfig):
    name = "comptoir.voices"
    verbose_name = "Paroles"
