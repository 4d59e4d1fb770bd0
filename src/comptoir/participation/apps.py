from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "comptoir.participation"
    verbose_name = "Participation"

    def ready(self) -> None:
        from comptoir.accounts import slots
        from comptoir.participation import offers
        from comptoir.participation.actions.opening import PUBLISH_JOB, write_counts
        from comptoir.spaces import jobs

        jobs.register(PUBLISH_JOB, write_counts)
        slots.listening.fill(offers.ways_of_listening, rule=offers.may_see)
