"""The doors of workshops, and of the documents of their syntheses."""

from datetime import date
from typing import Any

from doors import EVERYONE, HEARING, LEAD, TEAM, Door

from comptoir.accounts.models import Actor
from comptoir.voices import actions as voices
from comptoir.voices.enums import Subject
from comptoir.workshops.actions import add_comptoir, confirm_import, open_workshop, publish, receive, validate
from comptoir.workshops.models import Import, Workshop


def board(verb: str, **post: str) -> Door:
    return Door("board_act", TEAM, ("{draft}", "{occasion}", verb), post)


def line(verb: str, **post: str) -> Door:
    return Door("line_act", TEAM, ("{draft}", "{line}" if verb != "separer" else "{gathered}", verb), post)


CHOICES = {"title": "Notes", "held_on": "2026-10-01", "speaker_kind": "mixed", "subject": "residents", "workshop": ""}
PLACE = {"title": "Comptoir", "held_on": "2026-10-01", "place": "", "introduction": "", "speaker_kind": "mixed"}
DOORS = (
    Door("workshops", EVERYONE),
    Door("workshops_table", EVERYONE),
    Door("workshop_new", TEAM),
    Door("workshop_new", TEAM, post=PLACE | {"subjects": "residents"}),
    Door("silence_setting", LEAD),
    Door("silence_setting", LEAD, post={"months": "9"}),
    Door("lexicon", HEARING),
    Door("lexicon_download", HEARING),
    Door("lexicon_save", TEAM, post={"text": "bancs : banc"}),
    Door("lexicon_save", TEAM, post={"text": "bancs : banc", "save": "1"}),
    Door("import_new", TEAM),
    Door("import_new", TEAM, post={"text": "Un banc devant l'école\nDes arbres sur la place"}),
    Door("import", TEAM, ("{import}",)),
    Door("import", TEAM, ("{import}",), CHOICES | {"confirm": "1"}),
    Door("import_void", TEAM, ("{imported}",)),
    Door("import_void", TEAM, ("{imported}",), {}),
    Door("workshop", EVERYONE, ("{published}",)),
    Door("workshop", HEARING, ("{draft}",), otherwise=404),
    Door("workshop_edit", TEAM, ("{draft}",)),
    Door("workshop_edit", TEAM, ("{draft}",), PLACE),
    Door("resemblances", HEARING, ("{draft}",)),
    Door("resemblance_decide", TEAM, ("{draft}",), {"first": "{line_id}", "second": "{other_id}"}),
    Door("resemblance_decide", TEAM, ("{draft}",), {"first": "{line_id}", "second": "{other_id}", "decision": "later"}),
    Door("resemblance_decide", TEAM, ("{draft}",), {"decision": "again"}),
    Door("resemblances_refresh", TEAM, ("{draft}",), {}),
    Door("search_state", HEARING, ("{draft}",)),
    Door("boards", HEARING, ("{draft}",)),
    Door("board", HEARING, ("{draft}", "{occasion}")),
    Door("board_revision", HEARING, ("{draft}", "{occasion}")),
    Door("note_near", TEAM, ("{draft}", "{occasion}"), {"heading": "{heading}", "words": "Plus de bancs"}),
    Door("board_history", HEARING, ("{draft}", "{occasion}")),
    board("ajouter", heading="{heading}", words="Un banc devant l'école"),
    board("compter", line="{line_id}"),
    board("deplacer", line="{line_id}", heading="{heading}"),
    board("rapprocher", line="{line_id}", kept="{other_id}"),
    board("separer", line="{gathered_id}"),
    board("distinguer", line="{line_id}", kept="{other_id}"),
    board("plus-tard", line="{line_id}", kept="{other_id}"),
    board("annuler", change="{change}"),
    Door("line", HEARING, ("{draft}", "{line}")),
    line("compter"),
    line("reformuler", text="Des bancs"),
    line("deplacer", heading="{heading}"),
    line("rapprocher", kept="{other_id}"),
    line("separer"),
    line("retirer"),
    Door("synthesis", HEARING, ("{draft}",)),
    Door("synthesis_validate", TEAM, ("{draft}",), {}),
    Door("version", EVERYONE, ("{published}", "1")),
    Door("version", HEARING, ("{draft}", "1"), otherwise=404),
    Door("version_publish", LEAD, ("{draft}", "1"), {}),
    Door("version_line", EVERYONE, ("{published}", "1", "{published_line}")),
    Door("version_line", HEARING, ("{draft}", "1", "{line}"), otherwise=404),
    Door("synthesis_document", EVERYONE, ("{published}", "1", "md")),
    Door("synthesis_document", HEARING, ("{published}", "brouillon", "md")),
    Door("synthesis_document", HEARING, ("{draft}", "1", "md"), otherwise=404),
)


def things(lead: Actor, member: Any) -> dict[str, str]:
    """A published workshop, one in the making with a reread version, their parts."""
    published, imported = from_synthesis(lead)
    publish(actor=lead, version=validate(actor=lead, workshop=published))
    draft = open_workshop(actor=lead, title="Comptoir d'automne", held_on=date(2026, 10, 1))
    occasion = add_comptoir(actor=lead, workshop=draft, title="Habitants", subject=Subject.RESIDENTS).occasion
    heading, other_heading, *_ = occasion.headings.order_by("position")
    note, other, twin = (
        voices.add_note(actor=lead, heading=heading, words=words) for words in ("Bancs", "Arbres", "Arbres hauts")
    )
    voices.gather(actor=lead, kept=other, absorbed=twin)
    change = voices.tally(actor=lead, line=note)
    validate(actor=lead, workshop=draft)
    source = receive(actor=lead, content="Un banc devant l'école".encode())
    return {
        "published": published.code, "draft": draft.code, "occasion": occasion.code, "heading": str(other_heading.pk),
        "line": note.code, "line_id": str(note.pk), "other_id": str(other.pk), "gathered": twin.code,
        "gathered_id": str(twin.pk),
        "change": str(change.pk), "import": source.code, "imported": imported.code,
        "published_line": published.versions.get().lines.all()[0].statement.code,
    }  # fmt: skip


def from_synthesis(lead: Actor) -> tuple[Workshop, Import]:
    text = "Comptoir : Habitants\n\nIntérêt\tPièges à éviter\nLe café du mardi **\tRevenir sans réponse"
    source = receive(actor=lead, content=text.encode())
    confirm_import(actor=lead, source=source, back_url="/")
    source.refresh_from_db()
    assert source.workshop is not None
    return source.workshop, source
