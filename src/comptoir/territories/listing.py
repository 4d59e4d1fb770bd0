"""The list of neighbourhoods, and what people ask for in the address: the same for the list and for the map."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import QueryDict
from django.urls import reverse

from comptoir.kit.lists import Choice, Column, Listing, Search
from comptoir.territories.enums import AreaKind, Generation
from comptoir.territories.models import Area, NeighbourhoodQuerySet, PriorityNeighbourhood

PER_PAGE = 50
COMMUNES = Prefetch("communes", Area.objects.only("name", "code", "search").order_by("search"))
OLD = str(Generation.G2015.value)
NOW = str(Generation.G2024.value)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A list asked for, as the address says it: `q`, `liste`, `region`, `departement`."""

    words: str = ""
    generation: int = Generation.G2024
    region: str = ""
    department: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Wanted":
        """What means nothing is left out, so that no address leads to an error."""
        generation = Generation.G2015 if query.get("liste") == OLD else Generation.G2024
        words = query.get("q", "").replace("\x00", "")[:100].strip()
        return cls(words, generation, query.get("region", "")[:9], query.get("departement", "")[:9])

    @property
    def everything(self) -> bool:
        """No filter but the list itself."""
        return not (self.words or self.region or self.department)

    def among(self, neighbourhoods: NeighbourhoodQuerySet) -> NeighbourhoodQuerySet:
        found = neighbourhoods.of(self.generation)
        if self.words:
            found = found.matching(self.words)
        if self.region:
            found = found.filter(region__code=self.region)
        if self.department:
            found = found.filter(department__code=self.department)
        return found


class Words(Search):
    """Each word typed is in the name, the code or the name of a commune."""

    def narrow(self, rows: "QuerySet[Any]", values: Mapping[str, Any]) -> "QuerySet[Any]":
        asked = values.get(self.name)
        return rows.matching(asked) if asked and isinstance(rows, NeighbourhoodQuerySet) else rows


@dataclass(frozen=True, slots=True)
class OneList:
    """The list of 2024, unless that of 2015 is asked for: the two are never mixed."""

    name: str = "liste"

    def fields(self, base: "QuerySet[Any]") -> dict[str, forms.Field]:
        return {self.name: forms.ChoiceField(label="Liste", required=False, choices=[("", NOW), (OLD, OLD)])}

    def narrow(self, rows: "QuerySet[Any]", values: Mapping[str, Any]) -> "QuerySet[Any]":
        return rows.filter(generation=values.get(self.name) or NOW)

    def said(self, values: Mapping[str, Any]) -> str:
        return f"Liste de {OLD}" if values.get(self.name) == OLD else ""


def _areas(kind: AreaKind) -> list[tuple[str, str]]:
    """Those to choose from: regions by name, departments by code."""
    if kind == AreaKind.REGION:
        return list(Area.objects.filter(kind=kind).order_by("search").values_list("code", "name"))
    found = Area.objects.filter(kind=kind).order_by("code").values_list("code", "name")
    return [(code, f"{code} {name}") for code, name in found]


def listing_of(neighbourhoods: NeighbourhoodQuerySet) -> Listing[PriorityNeighbourhood]:
    """Neighbourhoods by name, code, commune, list, region and department."""
    return Listing(
        name="quartiers",
        title="Quartiers prioritaires",
        queryset=neighbourhoods.select_related("epci", "department", "region"),
        rows=with_communes,
        columns=(
            Column("nom", "Quartier", lambda one: one.name, sort=("search", "code"), link=_page),
            Column("code", "Code", lambda one: one.code, sort="code"),
            Column("communes", "Communes", lambda one: ", ".join(commune.name for commune in one.communes.all())),
            Column("intercommunalite", "Intercommunalité", lambda one: one.epci and one.epci.name, sort="epci__search"),
            Column("departement", "Département", lambda one: one.department and one.department.name,
                   sort="department__search"),
            Column("contrat", "Contrat de ville", lambda one: one.published_contract, sort="published_contract"),
            Column("codes_communes", "Codes des communes", _codes, only_export=True),
            Column("region", "Région", lambda one: one.region and one.region.name, only_export=True),
            Column("surface", "Superficie (km²)", lambda one: one.surface_km2, only_export=True),
            Column("longitude", "Longitude", lambda one: one.longitude, only_export=True),
            Column("latitude", "Latitude", lambda one: one.latitude, only_export=True),
        ),
        filters=(
            Words((), label="Nom, code ou commune"),
            OneList(),
            Choice("region", "Région", lambda _: _areas(AreaKind.REGION), lookup="region__code", every="Toutes"),
            Choice("departement", "Département", lambda _: _areas(AreaKind.DEPARTMENT), lookup="department__code",
                   every="Tous"),
        ),
        order="nom",
        unit=("quartier", "quartiers"),
        per_page=PER_PAGE,
    )  # fmt: skip


def _page(one: PriorityNeighbourhood) -> str:
    return reverse("neighbourhood", args=(one.code,))


def _codes(one: PriorityNeighbourhood) -> str:
    return "; ".join(commune.code for commune in one.communes.all())


def with_communes(found: list[PriorityNeighbourhood]) -> list[PriorityNeighbourhood]:
    """One query for all."""
    prefetch_related_objects(found, COMMUNES)
    return found


def rows(neighbourhoods: NeighbourhoodQuerySet) -> NeighbourhoodQuerySet:
    """With what a row of a plain list shows, in a fixed number of queries."""
    return neighbourhoods.select_related("epci", "department").prefetch_related(COMMUNES)


def everywhere() -> NeighbourhoodQuerySet:
    return PriorityNeighbourhood.objects.all()
