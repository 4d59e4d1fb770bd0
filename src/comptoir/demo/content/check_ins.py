"""What the invented signatories answered to « Où en est-on ? ». All of it is invented."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DemoReply:
    """`signatory` and the first words of its commitment; `url`: a piece that came along; `to`: passed on to whom."""

    signatory: str
    answer: str
    line: str
    on: date
    channel: str = "link"
    url: str = ""
    to: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class DemoRound:
    """`sent`: the days on which letters left. `unreached`: signatories whose letter came back."""

    opened_on: date
    sent: tuple[date, ...]
    replies: tuple[DemoReply, ...]
    unreached: tuple[str, ...] = ()
    closed_on: date | None = None


ROUNDS: tuple[DemoRound, ...] = (
    DemoRound(
        date(2026, 9, 14),
        (date(2026, 9, 14), date(2026, 9, 15), date(2026, 9, 16), date(2026, 9, 17), date(2026, 9, 18)),
        (
            DemoReply("agglo", "ongoing", "Le bail du local est signé, les travaux commencent en octobre.",
                      date(2026, 9, 15), "meeting"),
            DemoReply("albi", "ongoing", "Le courrier du comptoir de mai est prêt, il part avec la rentrée.",
                      date(2026, 9, 16)),
            DemoReply("bailleur", "ongoing", "Les deux gardiens sont formés depuis juillet.", date(2026, 9, 21)),
            DemoReply("education", "stuck", "La plateforme des stages n'a pas trouvé d'hébergeur.", date(2026, 9, 24),
                      "phone"),
            DemoReply("emploi", "ongoing", "Trois forums tenus, deux à venir en novembre.", date(2026, 9, 17)),
            DemoReply("prefecture", "ongoing", "Deux lettres de mission signées sur cinq.", date(2026, 9, 22)),
            DemoReply("carmaux", "done", "La tablée a eu lieu le 4 juillet.", date(2026, 9, 18), "paper"),
        ),
        closed_on=date(2026, 10, 5),
    ),
    DemoRound(
        date(2026, 11, 9),
        (date(2026, 11, 9), date(2026, 11, 10), date(2026, 11, 12), date(2026, 11, 13), date(2026, 11, 23)),
        (
            DemoReply("agglo", "stuck", "Le lot électricité est infructueux : il faut relancer la consultation.",
                      date(2026, 11, 24), "meeting"),
            DemoReply("albi", "ongoing", "L'affiche est au centre social ; il manque celle de Lapanouse.",
                      date(2026, 11, 23)),
            DemoReply("bailleur", "ongoing", "L'état annuel sort fin décembre ; la tendance est bonne.",
                      date(2026, 11, 20), to=("Gaspard Oulhaci", "gaspard@bailleur.example")),
            DemoReply("prefecture", "ongoing", "Une troisième lettre de mission est signée.", date(2026, 11, 13)),
            DemoReply("carmaux", "done", "Photo et décompte des convives joints.", date(2026, 11, 24),
                      url="https://rives-autan.example/tablee-2026"),
        ),
        unreached=("emploi",),
    ),
)  # fmt: skip
