from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    name = "comptoir.territories"
    verbose_name = "Territoires"

    def ready(self) -> None:
        from comptoir.kit import navigation
        from comptoir.spaces import jobs
        from comptoir.territories.actions import JOB, load_received
        from comptoir.territories.rules import may_see

        jobs.register(JOB, load_received)
        navigation.add(navigation.Entry("Quartiers", "space_neighbourhoods", 40, may_see))
