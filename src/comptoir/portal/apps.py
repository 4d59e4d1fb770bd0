from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "comptoir.portal"
    verbose_name = "Portail"

    def ready(self) -> None:
        from comptoir.accounts.rules import is_member, is_team, may_read_journal
        from comptoir.accounts.slots import space_settings
        from comptoir.evaluation.slots import restitution_documents
        from comptoir.kit import navigation
        from comptoir.portal.public import offers, plain
        from comptoir.workshops import slots

        navigation.add(navigation.Entry("Accueil", "space", 0, is_member))
        navigation.add(navigation.Entry("Ma semaine", "week", 5, is_team))
        navigation.add(navigation.Entry("Journal", "journal", 90, may_read_journal))
        space_settings.fill(offers.settings_of, rule=offers.may_decide)
        restitution_documents.fill(plain.addresses_of, rule=plain.may_tell)
        slots.workshop_pieces.fill(offers.codes_of_workshops, rule=offers.may_code)
        slots.line_pieces.fill(offers.codes_of_lines, rule=offers.may_code)
