from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "comptoir.participation"
    verbose_name = "Participation"

    def ready(self) -> None:
        from comptoir.accounts import slots
        from comptoir.contracts import slots as contract_slots
        from comptoir.participation import offers
        from comptoir.participation.actions.opening import PUBLISH_JOB, write_counts
        from comptoir.spaces import jobs

        jobs.register(PUBLISH_JOB, write_counts)
        slots.listening.fill(offers.ways_of_listening, rule=offers.may_see)
        contract_slots.dates_ahead.fill(offers.last_days, rule=offers.may_see_contract)
        contract_slots.waiting_for_me.fill(offers.counts_to_stop, rule=offers.may_stop)
