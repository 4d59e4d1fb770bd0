from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "comptoir.imports"
    verbose_name = "Imports"

    def ready(self) -> None:
        from comptoir.accounts import serving
        from comptoir.imports.actions import JOB, run
        from comptoir.imports.rules import may_open_source
        from comptoir.spaces import jobs

        jobs.register(JOB, run)
        serving.vouch(may_open_source)
