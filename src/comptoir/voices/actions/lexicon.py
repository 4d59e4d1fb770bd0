"""The words of a space: those that its team adds, and what its decisions taught. One file with the command line's."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.analysis.grouping import Constraints, DomainGrouping, Text
from comptoir.analysis.grouping.learned import Learned, merged
from comptoir.analysis.grouping.lexicon import Concept, Lexicon, neighbourhood
from comptoir.analysis.grouping.taught import learn, read_lexicon, write_lexicon
from comptoir.kit.errors import Conflict, Invalid
from comptoir.spaces.models import Space
from comptoir.voices.actions.lines import check_may_note
from comptoir.voices.enums import ChangeKind
from comptoir.voices.models import ChangeStep, Statement, TeamLexicon, Verdict

MAX_TEXT = 200_000
LATEST = 400  # decisions that teach, of each kind: the last ones say best how the team speaks now


@dataclass(frozen=True, slots=True)
class Method:
    """How the notes of a space are compared; `digest` changes with what it knows."""

    grouping: DomainGrouping
    digest: str


def lexicon_of(space: Space) -> TeamLexicon:
    """The lexicon of a space; an empty one, not stored, where nobody has added anything and nothing was taught."""
    return TeamLexicon.objects.filter(space=space).first() or TeamLexicon(space=space)


def method_of(lexicon: TeamLexicon) -> Method:
    """The method of the house with the words of this space."""
    return _method(lexicon.text, lexicon.taught)


@lru_cache(maxsize=32)
def _method(text: str, taught: str) -> Method:
    added, _ = _read(text)
    learned = read_lexicon(taught)[1]
    digest = hashlib.sha256(f"{text}\0{taught}".encode()).hexdigest()
    return Method(DomainGrouping(lexicon=_lexicon(text) if added else neighbourhood(), learned=learned), digest)


@lru_cache(maxsize=16)
def _lexicon(text: str) -> Lexicon:
    return neighbourhood().extended(_read(text)[0])


@lru_cache(maxsize=32)
def _read(text: str) -> tuple[dict[Concept, tuple[str, ...]], Learned]:
    return read_lexicon(text, "lexique")


def clean_lexicon(text: str) -> str:
    """The text of a lexicon, lines ended alike. Invalid, with the line, where it cannot be read."""
    text = "".join(f"{line.rstrip()}\n" for line in text.replace("\x00", "").strip().splitlines())
    if len(text) > MAX_TEXT:
        raise Invalid(f"Ce lexique dépasse {MAX_TEXT} caractères : gardez-en l'essentiel.", field="text")
    read_lexicon(text, "lexique")
    return text


def teach(space: Space) -> TeamLexicon:
    """The lexicon of a space with what its decisions teach, rebuilt whole where the decisions are not those it knew."""
    found = lexicon_of(space)
    together, apart = _together(space), _apart(space)
    wanted = {pk for pair in (*together, *apart) for pk in pair}
    lines = Statement.objects.filter(pk__in=wanted).with_words().order_by("pk")
    texts = [Text(str(line.pk), line.wording) for line in lines]
    said = "\n".join((*(f"{t.id} {t.text}" for t in texts), *map(str, together), "/", *map(str, apart), found.text))
    digest = hashlib.sha256(said.encode()).hexdigest()
    if found.taught_from == digest or (not texts and not found.text and not found.taught_from):
        return found
    decided = Constraints(_as_pairs(together), _as_pairs(apart))
    own = learn(texts, decided, method_of(found).grouping.lexicon)
    values = {"taught": merged(_read(found.text)[1], own).text(), "taught_from": digest}
    return TeamLexicon.objects.update_or_create(space=space, defaults=values)[0]


def _as_pairs(pairs: Iterable[tuple[UUID, UUID]]) -> frozenset[tuple[str, str]]:
    return frozenset((str(a), str(b)) for a, b in pairs)


def _together(space: Space) -> list[tuple[UUID, UUID]]:
    return _steps(space, ChangeKind.GATHER)


def _apart(space: Space) -> list[tuple[UUID, UUID]]:
    """Refused suggestions, and notes that were taken out of their line."""
    refused = Verdict.objects.filter(first__space=space).order_by("-pk").values_list("first_id", "second_id")
    return sorted({*refused[:LATEST], *_steps(space, ChangeKind.SEPARATE)})


def _steps(space: Space, kind: ChangeKind) -> list[tuple[UUID, UUID]]:
    """The two lines of each gathering or separation that was not undone: one pair a change."""
    steps = ChangeStep.objects.filter(change__occasion__space=space, change__kind=kind, change__undone_at=None)
    rows = steps.order_by("-pk").values_list("root_before_id", "root_after_id")[:LATEST]
    return sorted({(min(a, b), max(a, b)) for a, b in rows if a and b and a != b})


@transaction.atomic
def save_lexicon(*, actor: Actor, text: str, known: str | None = None) -> TeamLexicon:
    """Keep the words of the team. Conflict when somebody else wrote since (`known`: the text that was corrected)."""
    check_may_note(actor)
    text = clean_lexicon(text)
    Space.objects.select_for_update(of=("self",), no_key=True).get(pk=actor.space.pk)
    before = lexicon_of(actor.space)
    if text == before.text:
        return before
    if known is not None and before.text != known:
        raise Conflict("Quelqu'un a modifié le lexique entre-temps : copiez vos mots, puis rechargez la page.")
    values = {"text": text, "changed_at": timezone.now()}
    TeamLexicon.objects.update_or_create(space=actor.space, defaults=values)
    journal.write(
        actor, "voices.save_lexicon", "Lexique modifié", actor.space.pk, subjects=len(_read(text)[0])
    )  # fmt: skip
    return teach(actor.space)


def lexicon_file(lexicon: TeamLexicon) -> str:
    """The file that `comptoir group --lexicon` reads, and that this page reads back: the team's words, then what its
    decisions taught."""
    return write_lexicon(_read(lexicon.text)[0], read_lexicon(lexicon.taught)[1])


def with_file(text: str, file: str) -> str:
    """The words already there, then the lines of a lexicon file that are not: reading a file twice adds nothing."""
    there = {" ".join(line.split()) for line in text.splitlines()}
    added = [line for line in clean_lexicon(file).splitlines() if " ".join(line.split()) not in there]
    return clean_lexicon("\n".join((text.rstrip("\n"), *added)))


def with_text(lexicon: TeamLexicon, text: str) -> TeamLexicon:
    """The same lexicon, not stored, as if the team had written this: what its decisions taught stays."""
    return TeamLexicon(space_id=lexicon.space_id, text=clean_lexicon(text), taught=lexicon.taught)


def subjects_of(text: str) -> int:
    """How many subjects a lexicon names."""
    return len(_read(text)[0])
