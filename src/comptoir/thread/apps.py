from django.apps import AppConfig


class ThreadConfig(AppConfig):
    name = "comptoir.thread"
    verbose_name = "Le fil"

    def ready(self) -> None:
        from comptoir.accounts.rules import is_member
        from comptoir.commitments import slots as commitment_slots
        from comptoir.contracts import slots as contract_slots
        from comptoir.kit import navigation
        from comptoir.thread import offers
        from comptoir.workshops import slots as workshop_slots

        navigation.add(navigation.Entry("Le fil", "thread_home", 15, is_member))
        workshop_slots.line_pieces.fill(offers.of_lines, rule=offers.may_see)
        contract_slots.wording_sources.fill(offers.of_wordings, rule=offers.may_see_wording)
        commitment_slots.commitment_pieces.fill(offers.of_commitments, rule=offers.may_see)
