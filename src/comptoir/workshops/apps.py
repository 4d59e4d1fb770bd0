from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "comptoir.workshops"
    verbose_name = "Comptoirs"

    def ready(self) -> None:
        from comptoir.accounts import serving
        from comptoir.accounts import slots as space_slots
        from comptoir.accounts.rules import is_member
        from comptoir.imports import kinds
        from comptoir.kit import navigation
        from comptoir.spaces import jobs
        from comptoir.voices import boards
        from comptoir.workshops import beginning, offers, slots
        from comptoir.workshops.actions.imports import JOB, write_lines
        from comptoir.workshops.actions.searching import search_workshop
        from comptoir.workshops.calendar import CALENDAR
        from comptoir.workshops.opened_for_others import OwnBoards
        from comptoir.workshops.questions import JOB as SEARCH
        from comptoir.workshops.rules import may_open_source

        navigation.add(navigation.Entry("Comptoirs", "workshops", 20, is_member))
        jobs.register(JOB, write_lines)
        jobs.register(SEARCH, search_workshop)
        kinds.register(CALENDAR)
        serving.vouch(may_open_source)
        space_slots.first_steps.fill(beginning.first_steps, rule=beginning.may_begin)
        space_slots.space_settings.fill(beginning.settings, rule=beginning.may_decide)
        boards.register(OwnBoards())
        slots.line_pieces.fill(offers.answers_of_lines, rule=offers.may_see)
