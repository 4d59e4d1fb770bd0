"""The public suppliers that published files come from: their entry in the register is made when a file is loaded."""

from dataclasses import dataclass

LICENCE = "Licence Ouverte 2.0 (Etalab)"
PURPOSE = "Connaître les quartiers du contrat et suivre leur évolution, par des statistiques déjà publiées."
BASIS = "Statistique publique diffusée (loi n° 51-711 du 7 juin 1951), réutilisable librement."
RETENTION = "Séries publiques, gardées tant que l'instance existe ; aucune donnée individuelle."


@dataclass(frozen=True, slots=True)
class PublicSupplier:
    """`threshold`: fewest people in a figure of these files; « files » that keep to none have 1 made 2."""

    code: str
    name: str
    contact: str
    threshold: int


INSEE = "Insee"
PUBLIC: dict[str, PublicSupplier] = {
    "RP": PublicSupplier("insee-rp", "Insee, recensement de la population", INSEE, 5),
    "FILO": PublicSupplier("insee-filosofi", "Insee-DGFiP-Cnaf-Cnav-CCMSA, Filosofi", INSEE, 11),
    "CNAF": PublicSupplier("insee-cnaf", "Cnaf, par l'Insee", INSEE, 5),
    "CNAM": PublicSupplier("insee-cnam", "Cnam, par l'Insee", INSEE, 5),
    "PE": PublicSupplier("insee-pole-emploi", "Pôle emploi et Dares, par l'Insee", INSEE, 5),
    "ASP": PublicSupplier("insee-asp", "ASP et Dares (contrats aidés), par l'Insee", INSEE, 5),
}
PUBLIC["PE_T"], PUBLIC["ASP_E"] = PUBLIC["PE"], PUBLIC["ASP"]
OTHER = PublicSupplier("open-data", "Statistiques publiques des communes et intercommunalités", "data.gouv.fr", 5)


def supplier_of(source: str) -> PublicSupplier:
    return PUBLIC.get(source, OTHER)
