from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "comptoir.evaluation"
    verbose_name = "Évaluation"

    def ready(self) -> None:
        from comptoir.accounts.rules import is_member
        from comptoir.contracts.slots import contract_pieces, waiting_for_me
        from comptoir.evaluation import offers, waiting
        from comptoir.evaluation.review_import import REVIEWS
        from comptoir.imports import kinds
        from comptoir.kit import navigation
        from comptoir.participation.slots import result_pieces

        navigation.add(navigation.Entry("Évaluation", "evaluations", 50, is_member))
        contract_pieces.fill(offers.of_contracts, rule=offers.may_see)
        result_pieces.fill(offers.of_results, rule=offers.may_bring)
        waiting_for_me.fill(waiting.of_contract, rule=waiting.may_be_asked)
        kinds.register(REVIEWS)
