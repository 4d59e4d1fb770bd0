from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "comptoir.commitments"
    verbose_name = "Engagements"

    def ready(self) -> None:
        from comptoir.accounts import serving, slots
        from comptoir.accounts.rules import is_member
        from comptoir.commitments import meetings, offers, sending, unanswered, week
        from comptoir.commitments.actions.readings import READ_JOB, read_text
        from comptoir.commitments.rules import may_open_evidence, may_open_text
        from comptoir.commitments.workbook_import import WORKBOOK
        from comptoir.contracts import slots as contract_slots
        from comptoir.imports import kinds
        from comptoir.kit import navigation
        from comptoir.spaces import jobs, mail
        from comptoir.workshops import slots as workshop_slots

        navigation.add(navigation.Entry("Engagements", "commitments", 10, is_member))
        navigation.add(navigation.Entry("Réponses", "unanswered", 25, is_member))
        serving.vouch(may_open_evidence)
        mail.when_settled(sending.settled)
        slots.week.fill(week.sections, rule=week.may_see)
        slots.week.fill(unanswered.of_the_week, rule=unanswered.may_see_in_the_week)
        serving.vouch(may_open_text)
        jobs.register(READ_JOB, read_text)
        kinds.register(WORKBOOK)
        workshop_slots.line_pieces.fill(offers.of_lines, rule=offers.may_see)
        contract_slots.objective_pieces.fill(offers.of_objectives, rule=offers.may_see)
        contract_slots.signatory_commitments.fill(offers.of_signatories, rule=offers.may_see)
        contract_slots.handover_pieces.fill(offers.of_terms, rule=offers.may_see_handover)
        contract_slots.meeting_agenda.fill(meetings.of_meetings, rule=meetings.may_see)
