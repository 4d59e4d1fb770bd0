"""The notes of all other contracts, up to those of the reference load: copies of the usual space's, in the database.

Copied by the database itself, two million rows being long to write through the models. Each copy's key is the first
one's, its beginning replaced by the number of the space: rows of a space stand together, as when they are typed.
"""

from itertools import islice
from uuid import UUID

from django.db import connection, transaction

from comptoir.spaces.models import Space
from comptoir.voices.enums import HeadingKind
from comptoir.voices.models import Heading, Occasion, Statement, Verbatim

_KEYS = {
    "sqlite": "printf('%%08x', %s) || substr({column}, 9)",
    "postgresql": "(lpad(to_hex(%s), 8, '0') || substr({column}::text, 9))::uuid",
}
_STATEMENTS = """
INSERT INTO voices_statement (id, code, state, position, reported_wording, reported_occurrences, search, heading_id,
    rewording_id, space_id, root_id)
SELECT {key}, s.code, s.state, s.position, s.reported_wording, s.reported_occurrences, s.search, there.id, NULL, %s,
    {root}
FROM voices_statement s JOIN voices_heading here ON here.id = s.heading_id
JOIN voices_heading there ON there.occasion_id = %s AND there.kind = here.kind
WHERE s.space_id = %s
"""
_VERBATIMS = """
INSERT INTO voices_verbatim (id, words, search, speaker_kind, subject, "table", tally, said_at, erased_at, occasion_id,
    space_id, statement_id)
SELECT {key}, v.words, v.search, v.speaker_kind, v.subject, v."table", v.tally, v.said_at, v.erased_at, %s, %s,
    {statement}
FROM voices_verbatim v WHERE v.space_id = %s
"""


def crowd(source: Space, total: int) -> None:
    """Notes in the other spaces until the instance holds `total` (less a part of a space); nothing where it does."""
    each = Statement.objects.filter(space=source).count()
    missing = (total - Statement.objects.count()) // max(1, each)
    others = Space.objects.exclude(pk=source.pk).filter(slug__startswith="mesures-").order_by("pk")
    empty = (one for one in others if not Occasion.objects.filter(space=one).exists())
    with transaction.atomic():
        for number, space in enumerate(islice(empty, max(0, missing)), 1):
            _copy(source, space, number)


def _copy(source: Space, space: Space, number: int) -> None:
    occasion = Occasion.objects.create(space=space, title="Comptoir du quartier")
    kinds = Heading.objects.filter(statements__space=source).order_by().values_list("kind", flat=True).distinct()
    Heading.objects.bulk_create(
        [
            Heading(occasion=occasion, kind=kind, label=HeadingKind(kind).label, position=n)
            for n, kind in enumerate(kinds)
        ]
    )
    here, there, held = _stored(source.pk), _stored(space.pk), _stored(occasion.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            _STATEMENTS.format(key=_key("s.id"), root=_key("s.root_id")), [number, there, number, held, here]
        )
        cursor.execute(
            _VERBATIMS.format(key=_key("v.id"), statement=_key("v.statement_id")), [number, held, there, number, here]
        )


def _key(column: str) -> str:
    return _KEYS[connection.vendor].format(column=column)


def _stored(key: UUID) -> object:
    """A key as the database keeps it."""
    return Verbatim._meta.pk.get_db_prep_value(key, connection)
