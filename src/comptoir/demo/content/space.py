"""The invented agglomeration, on real names of towns and neighbourhoods (SOURCES.md)."""

from comptoir.demo.content.model import DemoOrganisation, DemoPlace, DemoSpace

SPACE = DemoSpace(
    name="Rives d'Autan Agglomération",
    slug="rives-d-autan",
    contract="Contrat Engagements Quartiers 2030",
    initials="RA",
    logo_alt="Logo de Rives d'Autan Agglomération",
    colour="#8a3324",
    accent="#1d5b79",
    time_zone="Europe/Paris",
    footer=(
        "Rives d'Autan Agglomération · Contrat Engagements Quartiers 2030 · "
        "Démonstration : l'agglomération, les personnes et les propos sont inventés"
    ),
    organisations=(
        DemoOrganisation("agglo", "Rives d'Autan Agglomération", "Agglomération", "intercommunality"),
        DemoOrganisation("albi", "Ville d'Albi", "Albi", "town"),
        DemoOrganisation("carmaux", "Ville de Carmaux", "Carmaux", "town"),
        DemoOrganisation("bailleur", "L'Autanaise d'habitat", "Bailleur", "landlord"),
        DemoOrganisation("prefecture", "Préfecture", "État", "state"),
        DemoOrganisation("departement", "Conseil départemental", "Département", "department"),
        DemoOrganisation("caf", "Caisse d'allocations familiales", "CAF", "family_fund"),
        DemoOrganisation("education", "Éducation nationale", "Éducation nationale", "education"),
        DemoOrganisation("emploi", "Service public de l'emploi", "Emploi", "employment"),
        DemoOrganisation("evaluation", "Mission d'évaluation indépendante", "Évaluation", "evaluator"),
    ),
    neighbourhoods=(
        DemoPlace("QN08106M", "Cantepau", "Albi"),
        DemoPlace("QN08107M", "Veyrières Rayssac", "Albi"),
        DemoPlace("QN08108M", "Lapanouse", "Albi"),
        DemoPlace("QN08109M", "Rajol - Cérou - Gourgatieux - Bouloc - Verrerie", "Carmaux"),
        DemoPlace("QN08110M", "Lentajou - Catalanis", "Gaillac"),
    ),
)
