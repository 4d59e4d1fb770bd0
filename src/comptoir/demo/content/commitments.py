"""What the invented signatories committed themselves to, and what became of it. All of it is invented."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class DemoProof:
    label: str
    given_on: date
    url: str = "https://rives-autan.example/bilan"
    whole: bool = True
    year: int | None = None
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True)
class DemoCommitment:
    """`said`: words of notes of the demonstration that it answers. `decision`: (outcome, reason, reply)."""

    signatory: str
    wording: str
    objective: str = ""
    level: str = ""
    due_on: date | None = None
    first_year: int | None = None
    measure: str = ""
    expected_proof: str = ""
    neighbourhoods: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    proofs: tuple[DemoProof, ...] = ()
    means: tuple[tuple[str, str, str, str], ...] = ()
    decision: tuple[str, str, str] = ("", "", "")
    next_step: tuple[str, date | None] = ("", None)
    after: dict[str, object] = field(default_factory=dict)  # what changed since the last snapshot


COMMITMENTS: tuple[DemoCommitment, ...] = (
    DemoCommitment(
        "bailleur", "Répondre sous dix jours à chaque signalement de panne, par un message au locataire",
        objective="Dire à chaque locataire, sous dix jours, ce qui sera fait et quand", level="adapt", first_year=2025,
        measure="part des signalements répondus sous dix jours", expected_proof="l'état annuel des signalements",
        neighbourhoods=("QN08106M", "QN08107M"), said=("Passer par les gardien·nes, ils connaissent tout le monde",),
        proofs=(DemoProof("État des signalements de 2025", date(2026, 2, 3), year=2025,
                          confirmed_on=date(2026, 2, 20)),),
        means=(("mainstream", "fte", "1.5", "deux gardiens formés à la réponse"),),
    ),
    DemoCommitment(
        "agglo", "Ouvrir un local partagé au pied de la tour 4 de Cantepau",
        objective="Ouvrir un local partagé à Cantepau", level="cofund", due_on=date(2026, 9, 30),
        measure="un local ouvert cinq jours par semaine", expected_proof="la convention d'occupation signée",
        neighbourhoods=("QN08106M",), said=("Café du mardi au pied de l'immeuble",),
        means=(("specific", "euro", "42000", "travaux"), ("mainstream", "fte", "0.5", "animation")),
        next_step=("Les clés du local sont remises aux associations", date(2027, 1, 15)),
    ),
    DemoCommitment(
        "albi", "Répondre par écrit à chaque comptoir, dans les trois mois",
        objective="Répondre à chaque comptoir dans les trois mois", level="inform", due_on=date(2026, 12, 31),
        measure="un courrier ou une affiche par comptoir", expected_proof="la réponse affichée",
        said=("Pas de retour après l'atelier = on ne les revoit pas, normal", "Venir consulter quand tout est ficelé"),
        proofs=(DemoProof("L'affiche « Vous avez dit » de l'automne", date(2026, 11, 12), whole=False),),
        next_step=("L'affiche de réponse est au centre social", date(2026, 12, 15)),
    ),
    DemoCommitment(
        "caf", "Tenir une permanence d'accès aux droits par quartier, chaque quinzaine",
        objective="Tenir une permanence de santé par quartier, chaque semaine", level="mainstream",
        due_on=date(2026, 6, 30), measure="vingt permanences par an et par quartier",
        expected_proof="le calendrier tenu",
        neighbourhoods=("QN08106M", "QN08109M"),
        proofs=(DemoProof("Calendrier des permanences du premier semestre", date(2026, 5, 28),
                          confirmed_on=date(2026, 6, 10)),),
    ),
    DemoCommitment(
        "education", "Trouver un stage à chaque élève de troisième des quatre collèges",
        objective="Trouver un stage à chaque élève de troisième", level="mainstream", first_year=2025,
        measure="élèves sans stage au 1er décembre", expected_proof="le relevé des collèges",
        decision=("not_done", "Quarante élèves sont restés sans stage : la plateforme n'était pas prête.",
                  "La plateforme ouvre en janvier 2027, avec la chambre de commerce."),
    ),
    DemoCommitment(
        "emploi", "Tenir un forum de recrutement par an dans chaque quartier",
        objective="Tenir un forum de recrutement par an dans chaque quartier", level="mainstream", first_year=2025,
        measure="un forum par quartier et par an", expected_proof="le bilan des forums",
        proofs=(DemoProof("Bilan des forums de 2025", date(2026, 1, 20), year=2025, confirmed_on=date(2026, 2, 2)),),
    ),
    DemoCommitment(
        "prefecture", "Nommer un délégué qui répond en son nom dans chaque quartier", level="inform",
        due_on=date(2027, 3, 31), measure="cinq quartiers couverts", expected_proof="les lettres de mission",
        said=("Voir toujours les 5 mêmes et appeler ça « les habitants »",),
    ),
    DemoCommitment("departement", "Renforcer la présence des assistantes sociales à Lapanouse"),
    DemoCommitment(
        "carmaux", "Refaire chaque été la grande tablée du quartier", level="mainstream", first_year=2026,
        measure="une tablée par an", expected_proof="une photo et le nombre de convives",
        neighbourhoods=("QN08109M",), said=("Refaire la grande tablée de juin, 200 pers. et zéro incident",),
        after={"next_step": "La date de la tablée est choisie avec les habitants", "next_step_on": date(2027, 2, 10)},
    ),
)  # fmt: skip
