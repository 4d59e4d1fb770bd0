"""What a survey says: published counts, the same as a list to take away, free words and where they go."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.analysis.surveys import NO_ANSWER
from comptoir.contracts.views.shared import url
from comptoir.kit.french import plural
from comptoir.kit.lists import Column, Listing
from comptoir.participation import actions
from comptoir.participation.actions.opening import PUBLISH_JOB
from comptoir.participation.actions.words import MOST_AT_ONCE
from comptoir.participation.enums import Channel, QuestionKind, SurveyState
from comptoir.participation.models import Survey, SurveyCount, SurveyQuestion, SurveyWord
from comptoir.participation.reading import EMPTY, results_of, words_of
from comptoir.participation.rules import may_write_surveys
from comptoir.participation.slots import result_pieces
from comptoir.participation.views.shared import page, questions_of, survey_for
from comptoir.spaces.models import Job
from comptoir.voices import boards
from comptoir.voices.rules import may_hear_raw, may_note


@require_safe
@in_space(is_member)
def survey_results(request: SpaceRequest, code: str) -> HttpResponse:
    """How many answered; once counts are stopped, what."""
    found = _opened(request, code)
    if found.published_at is None:
        job = None
        if found.stopped_on is not None:
            job = Job.objects.filter(subject_id=found.pk, kind=PUBLISH_JOB).order_by("-created_at", "-pk").first()
        return page(request, "participation/waiting.html", found, "survey_results", came=found.came, job=job)
    return page(
        request, "participation/results.html", found, "survey_results", results=results_of(found),
        by=", ".join(str(channel.label) for channel in Channel),
        pieces=result_pieces.pieces(request.actor, [found])[found.pk],
    )  # fmt: skip


def _opened(request: SpaceRequest, code: str) -> Survey:
    found = survey_for(request, code)
    if found.state(timezone.localdate()) == SurveyState.DRAFT:
        raise Http404
    return found


@require_safe
@in_space(is_member)
def survey_table(request: SpaceRequest, code: str) -> HttpResponse:
    """The published numbers as one list, to sort and take away."""
    found = _opened(request, code)
    questions = {one.pk: one for one in questions_of(found)}
    place = next((one for one in questions.values() if one.kind == QuestionKind.PLACE), None)

    def where(row: SurveyCount) -> str:
        return "" if place is None or row.place is None else _label(place, row.place)

    def what(row: SurveyCount) -> str:
        if row.channel:
            return f"Réponse {Channel(row.channel).label}"
        return _label(questions[row.question_id], row.option) if row.question_id else "Toutes les réponses"

    listing: Listing[SurveyCount] = Listing(
        name="enquete", title=found.title, queryset=found.counts.all(), order="ordre", unit=("nombre", "nombres"),
        columns=(
            Column("ordre", "Ordre", lambda row: row.position + 1, sort="position", number=True, only_export=True),
            Column(
                "question", "Question", lambda row: questions[row.question_id].text if row.question_id else "Ensemble"
            ),
            Column("reponse", "Réponse", what),
            Column("quartier", "Quartier", where),
            Column("nombre", "Nombre", lambda row: row.number, sort="number", number=True),
            Column("motif", "Ce qui est tu, et pourquoi", lambda row: row.reason),
        ),
    )  # fmt: skip
    return listing.respond(request, "participation/table.html", {"survey": found})


def _label(question: SurveyQuestion, option: int | None) -> str:
    return EMPTY if option is None or option == NO_ANSWER else str(question.options[option])


@require_safe
@in_space(may_hear_raw)
def survey_words(request: SpaceRequest, code: str) -> HttpResponse:
    """Free words as they were written, apart from the boxes ticked with them."""
    found = _opened(request, code)
    said = words_of(found, most=MOST_AT_ONCE)
    board = next((one.question.heading.occasion for one in said if one.question.heading), None)
    return page(
        request, "participation/words.html", found, "survey_words", said=said,
        waiting=sum(len(one.waiting) for one in said), may_pour=may_note(request.actor),
        board_url=boards.address_of(board) if board else "",
    )  # fmt: skip


@require_POST
@in_space(may_write_surveys)
def survey_pour(request: SpaceRequest, code: str) -> HttpResponse:
    """`word`: those that are ticked."""
    found = _opened(request, code)
    chosen = request.POST.getlist("word")
    if not chosen:
        messages.error(request, "Cochez les paroles à verser.")
        return redirect(url(request, "survey_words", code))
    poured = actions.pour_words(actor=request.actor, survey=found, words=_words(found, chosen))
    messages.success(request, f"{plural(poured, 'parole est', 'paroles sont')} dans les comptoirs, mot pour mot.")
    return redirect(url(request, "survey_words", code))


@require_POST
@in_space(may_write_surveys)
def survey_erase(request: SpaceRequest, code: str) -> HttpResponse:
    """`word`: the one to erase."""
    found = _opened(request, code)
    words = _words(found, request.POST.getlist("word")[:1])
    if not words:
        raise Http404
    actions.erase_word(actor=request.actor, word=words[0])
    messages.success(request, "Parole effacée.")
    return redirect(url(request, "survey_words", code))


def _words(survey: Survey, identities: list[str]) -> list[SurveyWord]:
    """Those of this survey; 404 when one is not."""
    try:
        rows = SurveyWord.objects.filter(question__survey=survey, pk__in=identities)
        found = list(rows.select_related("question").order_by("pk"))
    except (ValueError, ValidationError) as error:
        raise Http404 from error
    if len(found) != len(set(identities)):
        raise Http404
    for one in found:
        one.question.survey = survey
    return found
