"""What an official file says: areas or neighbourhoods, with what was odd about it."""

from dataclasses import dataclass, field
from enum import StrEnum

from .outlines import Shape


class Level(StrEnum):
    """What a row is about. The values are those of the kinds of area of the application."""

    REGION = "region"
    DEPARTMENT = "department"
    EPCI = "epci"
    EPT = "ept"
    COMMUNE = "commune"
    FORMER_COMMUNE = "former_commune"
    NEIGHBOURHOOD = "neighbourhood"


@dataclass(slots=True)
class AreaRow:
    """One administrative area. What the file does not say is empty or None, and leaves what is known as it is."""

    level: Level
    code: str
    name: str = ""
    department: str = ""
    region: str = ""
    epci: str = ""
    ept: str = ""
    successor: str = ""
    population: int | None = None
    point: tuple[float, float] | None = None
    outline: Shape | None = None


@dataclass(slots=True)
class NeighbourhoodRow:
    """One priority neighbourhood. `communes` and the like: codes, with their names where the file gives them."""

    code: str
    generation: int
    name: str = ""
    communes: tuple[tuple[str, str], ...] = ()
    epci: tuple[str, str] = ("", "")
    ept: tuple[str, str] = ("", "")
    department: tuple[str, str] = ("", "")
    region: tuple[str, str] = ("", "")
    contract: str = ""
    surface_km2: float | None = None
    point: tuple[float, float] | None = None
    outline: Shape | None = None


@dataclass(slots=True)
class OfficialFile:
    """A file read: `level` is that of its first rows. `remarks` are French sentences."""

    name: str
    level: Level
    areas: list[AreaRow] = field(default_factory=list)
    neighbourhoods: list[NeighbourhoodRow] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def named(self) -> list[tuple[str, str]]:
        """The code and the name of each row."""
        return [(one.code, one.name) for one in self.neighbourhoods] + [(one.code, one.name) for one in self.areas]

    @property
    def count(self) -> int:
        return len(self.areas) + len(self.neighbourhoods)
