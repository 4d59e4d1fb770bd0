from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "comptoir.reports"
    verbose_name = "Documents"

    def ready(self) -> None:
        from comptoir.commitments import slots as commitment_slots
        from comptoir.evaluation.slots import report_documents, restitution_documents
        from comptoir.reports import offers
        from comptoir.workshops import slots

        slots.draft_documents.fill(offers.of_drafts, rule=offers.may_take_draft)
        commitment_slots.signatory_documents.fill(offers.of_signatories, rule=offers.may_take_sheet)
        commitment_slots.contract_documents.fill(offers.of_contracts, rule=offers.may_take_sheet)
        slots.version_documents.fill(offers.of_versions, rule=offers.may_take_version)
        report_documents.fill(offers.of_evaluations, rule=offers.may_take_report)
        restitution_documents.fill(offers.of_restitutions, rule=offers.may_take_report)
