from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "comptoir.contracts"
    verbose_name = "Contrat"

    def ready(self) -> None:
        from comptoir.accounts import slots
        from comptoir.accounts.rules import is_member
        from comptoir.contracts import offers
        from comptoir.contracts.contact_import import CONTACTS
        from comptoir.contracts.perimeter import neighbourhoods_of
        from comptoir.imports import kinds
        from comptoir.kit import navigation
        from comptoir.territories.slots import fill_perimeter

        navigation.add(navigation.Entry("Contrat", "contract_home", 40, is_member))
        kinds.register(CONTACTS)
        fill_perimeter(neighbourhoods_of)
        slots.first_steps.fill(offers.first_steps, rule=offers.may_begin)
