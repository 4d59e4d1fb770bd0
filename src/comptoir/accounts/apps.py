from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "comptoir.accounts"
    verbose_name = "Comptes"

    def ready(self) -> None:
        from comptoir.accounts.rules import may_manage_people
        from comptoir.kit import navigation

        navigation.add(navigation.Entry("Personnes", "people", 80, may_manage_people))
