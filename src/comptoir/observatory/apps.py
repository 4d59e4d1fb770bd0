from django.apps import AppConfig


class ObservatoryConfig(AppConfig):
    name = "comptoir.observatory"
    verbose_name = "Observatoire"

    def ready(self) -> None:
        from comptoir.accounts.slots import week as weekly
        from comptoir.imports import kinds
        from comptoir.kit import navigation
        from comptoir.observatory import offers, week
        from comptoir.observatory.local_import import FIGURES
        from comptoir.observatory.rules import may_look
        from comptoir.territories import slots

        navigation.add(navigation.Entry("Observatoire", "observatory", 45, may_look))
        kinds.register(FIGURES)
        slots.space_pieces.fill(offers.of_neighbourhoods, rule=offers.may_see)
        weekly.fill(week.sections, rule=week.may_see)
