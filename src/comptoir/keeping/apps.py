from django.apps import AppConfig


class KeepingConfig(AppConfig):
    name = "comptoir.keeping"
    verbose_name = "Conservation"

    def ready(self) -> None:
        from comptoir.accounts import slots
        from comptoir.keeping import offers

        slots.space_settings.fill(offers.of_spaces, rule=offers.may_decide)
