"""Looking again for lines that resemble each other: at once for a few, in a job with its progress beyond."""

from uuid import UUID

from comptoir.accounts.models import Actor
from comptoir.kit.french import plural
from comptoir.spaces import jobs
from comptoir.spaces.jobs import Progress
from comptoir.spaces.models import Job
from comptoir.voices.actions.lexicon import method_of, teach
from comptoir.voices.actions.lines import check_may_note
from comptoir.voices.actions.suggestions import refresh_resemblances, stale
from comptoir.voices.models import Statement
from comptoir.workshops.models import Workshop
from comptoir.workshops.questions import JOB, headings_of

INLINE = 500  # lines: what a person may wait for


def search_again(*, actor: Actor, workshop: Workshop, back_url: str) -> Job | None:
    """Rebuild the suggestions of the columns that are behind. A job is returned where there are many lines."""
    check_may_note(actor)
    method = method_of(teach(workshop.space))
    behind = stale(headings_of(workshop), method)
    lines = Statement.objects.roots().filter(heading__in=behind).count()
    if lines > INLINE:
        return jobs.start(
            space=actor.space, kind=JOB, label=f"Recherche dans {plural(lines, 'ligne', 'lignes')}",
            subject_id=workshop.pk, actor_id=actor.person_id, back_url=back_url,
        )  # fmt: skip
    for heading in behind:
        refresh_resemblances(heading, method)
    return None


def search_workshop(workshop_id: UUID, progress: Progress) -> None:
    """The body of the job: the columns that are behind, one after the other. Run twice, it finds them up to date."""
    workshop = Workshop.objects.select_related("space").get(pk=workshop_id)
    method = method_of(teach(workshop.space))
    behind = stale(headings_of(workshop), method)
    sizes = [Statement.objects.roots().filter(heading=heading).count() for heading in behind]
    for done, heading in enumerate(behind):
        progress(sum(sizes[:done]), sum(sizes), f"« {heading.label} »")
        refresh_resemblances(heading, method)
    progress(sum(sizes), sum(sizes))
