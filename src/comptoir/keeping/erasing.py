"""Erasing on request, under data-protection law: a person, or someone's words. Counts stay; nothing else does.

Each takes `do=False` and says what it would do; `do=True` does it, in one transaction, and writes one line of the
journal (identities and numbers). See docs/deploy/keeping.md.
"""

import io
import zipfile
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Membership, Person
from comptoir.analysis.text import fold
from comptoir.audit.models import record
from comptoir.commitments.models import Flag, Promise
from comptoir.evaluation.forgetting import quoting as quoting_states
from comptoir.evaluation.models import Restitution
from comptoir.imports.models import Batch, BatchRow
from comptoir.keeping import traces
from comptoir.keeping.traces import session_model
from comptoir.kit import files as store
from comptoir.kit.errors import InputError, Refused
from comptoir.participation.models import SurveyWord
from comptoir.spaces.models import Space, StoredFile
from comptoir.voices.models import Resemblance, Rewording, Statement, Verbatim
from comptoir.workshops.models import Import, Mask

TOMBSTONE = "[paroles effacées]"
ERASED_NAME = "Personne effacée"
SHORTEST_QUOTE = 12  # signs: a shorter text is found everywhere, and quotes nobody
_OPENED = 50 * 1024 * 1024  # bytes of a part of an archive that are looked into


@dataclass
class Erased:
    """`lines`: sentences, what is (or would be) erased. `left`: what a person must look at."""

    done: bool
    lines: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@transaction.atomic
def erase_person(email: str, *, do: bool) -> Erased:
    """Take a person out: account, roles, sessions, contact details in imports. What they did stays, without a name.

    Refused for the only project lead of a space: somebody must be able to answer for it.
    """
    person = Person.objects.select_for_update().filter(email=email.strip().lower()).first()
    if person is None:
        raise InputError(f"personne n'a de compte à l'adresse « {email} ».")
    memberships = list(Membership.objects.filter(person=person).select_related("space").order_by("pk"))
    _refuse_if_alone(person, memberships)
    told = Erased(do, [f"Compte de {person.name} ({person.email})."])
    told.lines += [f"Rôle dans « {one.space.name} » : {one.get_role_display()}." for one in memberships]
    sessions = [one for one in session_model()._base_manager.all() if _is_of(one, person)]
    told.lines.append(f"Sessions ouvertes : {len(sessions)}.")
    rows = list(BatchRow.objects.filter(_cites(person.email)).order_by("pk"))
    told.lines.append(f"Lignes d'imports qui portent cette adresse : {len(rows)}.")
    promises = Promise.objects.filter(author=person)
    flags = Flag.objects.filter(answered_by=person.name)  # where no organisation answered in their place
    told.lines.append(f"Paroles données sous son nom : {promises.count()} ; réponses à des drapeaux : {flags.count()}.")
    files = [file for file in _sources() if contains(file, person.email)]
    told.lines += [f"Fichier importé qui la contient : « {file.name} »." for file in files]
    if do:
        for row in rows:
            row.before, row.after, row.label = {}, {}, ERASED_NAME
        BatchRow.objects.bulk_update(rows, ["before", "after", "label"], batch_size=500)
        promises.update(author_name=ERASED_NAME)
        flags.update(answered_by=ERASED_NAME)
        session_model()._base_manager.filter(pk__in=[one.pk for one in sessions]).delete()
        Membership.objects.filter(person=person).delete()
        for space in {one.space for one in memberships}:
            record(
                space=space, actor_id=None, action="keeping.erase_person", label="Personne effacée",
                object_id=person.pk, files=len(files), rows=len(rows),
            )  # fmt: skip
        _delete_or_empty(person, told)
        _remove(files)
        told.left += traces.told(email.strip().lower())
    return told


def _is_of(session: AbstractBaseSession, person: Person) -> bool:
    return str(session.get_decoded().get(SESSION_KEY)) == str(person.pk)


def _refuse_if_alone(person: Person, memberships: list[Membership]) -> None:
    for one in memberships:
        leads = Membership.objects.filter(space=one.space, role=Role.PROJECT_LEAD)
        if one.role == Role.PROJECT_LEAD and not leads.exclude(person=person).exists():
            raise Refused(
                f"{person.name} conduit seul·e le projet dans « {one.space.name} » : "
                "donnez d'abord ce rôle à quelqu'un d'autre."
            )


def _delete_or_empty(person: Person, told: Erased) -> None:
    """Rows of other rooms may cite the person (a decision, a payment): then an empty account stays."""
    try:
        with transaction.atomic():
            person.delete()
    except ProtectedError as error:
        kept = {str(type(row)._meta.verbose_name) for row in error.protected_objects}
        person.name, person.email, person.is_active = ERASED_NAME, f"{person.pk}@efface.invalid", False
        person.set_unusable_password()
        person.save()
        told.left.append(f"Cité·e par : {', '.join(sorted(kept))}. Le compte reste, sans nom ni adresse.")


def _cites(email: str) -> Q:
    return Q(before__icontains=email) | Q(after__icontains=email) | Q(label__icontains=email)


@transaction.atomic
def erase_words(space: Space, code: str, *, do: bool) -> Erased:
    """Empty the words of a line: the verbatim, its rewordings, those that quote it, the files that contain it.

    `code` is that in the line's address. The count stays, and a tombstone in place of the words.
    """
    line = Statement.objects.select_for_update(of=("self",)).filter(space=space, code=code).first()
    if line is None:
        raise InputError(f"aucune ligne « {code} » dans l'espace « {space.slug} ».")
    verbatim = Verbatim.objects.filter(statement=line).first()
    words = verbatim.words if verbatim else line.reported_wording
    if words == TOMBSTONE:
        raise InputError(f"les paroles de la ligne « {code} » sont déjà effacées.")
    told = Erased(do, [f"Paroles de la ligne {code} ({len(words)} signes)."])
    quoting = _rewordings(space, line, words)
    told.lines.append(f"Reformulations de cette ligne, ou qui citent ces paroles : {len(quoting)}.")
    frozen = quoting_states(line, words, SHORTEST_QUOTE)
    told.lines.append(f"Restitutions figées qui les citent : {len(frozen)}.")
    found = [file for file in _sources(space) if len(words) >= SHORTEST_QUOTE and contains(file, words)]
    shared = StoredFile.objects.filter(digest__in=[file.digest for file in found]).exclude(space=space)
    elsewhere = set(shared.values_list("digest", flat=True).order_by())
    files = [file for file in found if file.digest not in elsewhere]
    told.left += [f"« {one.name} » est aussi dans un autre espace : il reste." for one in found if one not in files]
    told.lines += [f"Fichier importé qui les contient : « {file.name} »." for file in files]
    if len(words) < SHORTEST_QUOTE:
        told.left.append("Ces paroles sont trop courtes pour être cherchées dans les fichiers importés.")
    told.left += _twins(space, line, words)
    if do:
        _empty(line, verbatim)
        for rewording in quoting:
            rewording.text = TOMBSTONE
        Rewording.objects.bulk_update(quoting, ["text", "search"], batch_size=500)
        # A public copy is words too: without it, what is read is the tombstone.
        Mask.objects.filter(Q(statement=line) | Q(rewording__in=quoting)).update(text="")
        Restitution.objects.bulk_update(frozen, ["content"])
        Resemblance.objects.filter(Q(first=line) | Q(second=line)).delete()  # its reasons quote words
        record(
            space=space, actor_id=None, action="keeping.erase_words", label="Paroles effacées", object_id=line.pk,
            rewordings=len(quoting), files=len(files),
        )  # fmt: skip
        _remove(files)
        if len(words) >= SHORTEST_QUOTE:
            told.left += traces.told(words)
    return told


def _empty(line: Statement, verbatim: Verbatim | None) -> None:
    if verbatim:
        verbatim.words, verbatim.erased_at = TOMBSTONE, timezone.now()
        verbatim.save(update_fields=["words", "search", "erased_at"])
    if line.reported_wording:
        line.reported_wording = TOMBSTONE
        line.save(update_fields=["reported_wording", "search"])


def _rewordings(space: Space, line: Statement, words: str) -> list[Rewording]:
    """Those of the line itself, and in the whole space those in which its words are found."""
    about = Q(statement=line)
    folded = fold(words)
    if len(folded) >= SHORTEST_QUOTE:
        about |= Q(search__contains=folded)
    found = Rewording.objects.filter(about, statement__space=space).exclude(text=TOMBSTONE).order_by("pk")
    for one in found:
        one.search = fold(TOMBSTONE)
    return list(found)


def _twins(space: Space, line: Statement, words: str) -> list[str]:
    """Other lines that say the very same: perhaps the same person, perhaps not. A human decides."""
    same = Verbatim.objects.filter(space=space, search=fold(words)).exclude(statement=line)
    codes = same.order_by("pk").values_list("statement__code", flat=True)[:20]
    told = [f"La ligne {code} dit la même chose : effacez-la aussi si ce sont les mêmes paroles." for code in codes]
    rows = SurveyWord.objects.filter(question__space=space, text=words).order_by("question__survey__title", "pk")
    for title in rows.values_list("question__survey__title", flat=True)[:20]:
        told.append(f"L'enquête « {title} » a une parole qui dit la même chose : effacez-la sur sa page « Paroles ».")
    return told


def _sources(space: Space | None = None) -> list[StoredFile]:
    """The files that imports were read from."""
    about = Q(pk__in=Import.objects.values("file")) | Q(pk__in=Batch.objects.values("file"))
    found = StoredFile.objects.filter(about).select_related("space").order_by("pk")
    return list(found.filter(space=space) if space else found)


def contains(file: StoredFile, text: str) -> bool:
    """Whether the content has this text, whatever accents and case, in a plain file or inside an office document."""
    try:
        content = store.get(file.digest)
    except FileNotFoundError:
        return False
    wanted = fold(text)
    return any(wanted in fold(_decoded(part)) for part in _parts(content))


def _parts(content: bytes) -> Any:
    if not content.startswith(b"PK"):
        yield content
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                if entry.filename.endswith(".xml"):
                    with archive.open(entry) as part:
                        yield part.read(_OPENED)
    except (zipfile.BadZipFile, OSError, NotImplementedError):
        yield content


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return _without_tags(text) if text.lstrip().startswith("<?xml") else text


def _without_tags(xml: str) -> str:
    """The text of an XML part: a word may be cut in two by a change of style."""

    inside, kept = False, []
    for piece in xml.replace("<", "\0<").split("\0"):
        inside = piece.startswith("<")
        kept.append(piece.split(">", 1)[1] if inside and ">" in piece else "" if inside else piece)
    return unescape("".join(kept))


def _remove(files: list[StoredFile]) -> None:
    """Once the transaction is kept: a content that is removed cannot be put back."""
    for digest in {file.digest for file in files}:
        transaction.on_commit(lambda digest=digest: store.remove(digest))  # type: ignore[misc]  # bound at once
