"""The public geography of the demonstration: real outlines and names, cut to one region (see SOURCES.md)."""

from pathlib import Path

from comptoir.accounts.models import Actor
from comptoir.demo.content import SPACE
from comptoir.territories.actions import add_local_area, load_official
from comptoir.territories.enums import LocalAreaKind
from comptoir.territories.loading import read_files
from comptoir.territories.local_areas import find_members, read_outline

DATA = Path(__file__).parent / "data" / "territories"
# A ring around the first neighbourhood: « le quartier tel qu'on le vit », invented.
LIVED = (
    '{"type":"Polygon","coordinates":[[[2.1482,43.9412],[2.1498,43.9450],[2.1532,43.9474],[2.1590,43.9470],'
    "[2.1640,43.9446],[2.1636,43.9420],[2.1602,43.9398],[2.1520,43.9394],[2.1482,43.9412]]]}"
)


def load_territories() -> None:
    """Neighbourhoods of 2015 and 2024 in one region, their communes, the outlines of departments and regions."""
    load_official(person=None, sources=read_files((path.name, path.read_bytes()) for path in sorted(DATA.iterdir())))


def draw_local_areas(lead: Actor) -> None:
    """One area drawn by hand, one chosen among neighbourhoods, one made of communes."""
    codes = [place.code for place in SPACE.neighbourhoods]
    add_local_area(
        actor=lead, name="Cantepau vécu, du pont au centre commercial", kind=LocalAreaKind.LIVED,
        shape=read_outline(LIVED),
    )  # fmt: skip
    add_local_area(
        actor=lead, name="Les quartiers d'Albi", kind=LocalAreaKind.OTHER, members=find_members("\n".join(codes[:3]))
    )
    add_local_area(
        actor=lead, name="Communes de la rive nord", kind=LocalAreaKind.POCKET,
        members=find_members("Carmaux\nGaillac"),
    )  # fmt: skip
