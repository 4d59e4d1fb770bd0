"""An allocation as files: JSON, CSV, Pabulib. Every name of a key is stable."""

import csv
import io
import json
from fractions import Fraction
from typing import Any

from comptoir.analysis.allocation.explanation import explanations
from comptoir.analysis.allocation.model import Election
from comptoir.analysis.allocation.rule import Allocation, Rule
from comptoir.analysis.allocation.served import Served, served, spent_by_group

TIES = "project_id"


def plain(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def settings_json(election: Election, allocation: Allocation) -> dict[str, Any]:
    """All settings, those left to their default included, and what the count made of them."""
    settings, last = allocation.settings, allocation.parts[-1]
    shared = settings.rule is Rule.EQUAL_SHARES
    return {
        "name": settings.rule.value,
        "completion": settings.completion.value,
        "utility": settings.utility.value,
        "until": settings.until.value if shared else None,
        "compare_greedy": settings.compare_greedy,
        "floors": {floor.label: plain(election.money(floor.amount)) for floor in settings.floors},
        "ties": TIES,
        "budget": plain(election.money(election.budget)),
        "voters": election.ballots.voters,
        "share": None if last.share is None else plain(election.money(last.share)),
        "increments": last.increments if shared else None,
    }


def result(election: Election, allocation: Allocation, missing: dict[int, int]) -> dict[str, Any]:
    """What `-o OUT.json` and `--json` give."""
    steps = {step.project: step for step in allocation.steps}
    words = explanations(election, allocation, missing)
    projects = [
        {
            "id": one.id,
            "name": one.name,
            "cost": plain(election.money(one.cost)),
            "supporters": int(election.supporters[at]),
            "score": plain(Fraction(election.scores[at], election.points_scale)),
            "selected": at in steps,
            "stage": steps[at].stage.value if at in steps else None,
            "missing_supports": missing.get(at),
            "explanation": words[at],
        }
        for at, one in enumerate(election.projects)
    ]
    everyone, groups = served(election, allocation.selected)
    compared = allocation.comparison
    return {
        "selected": [election.projects[at].id for at in allocation.selected],
        "spent": plain(election.money(election.cost_of(allocation.selected))),
        "rule": settings_json(election, allocation),
        "comparison": None
        if compared is None
        else {
            "prefer_rule": compared.for_rule,
            "prefer_greedy": compared.for_greedy,
            "kept": "greedy" if compared.greedy_wins else allocation.settings.rule.value,
        },
        "served": _served(everyone) | {"by_neighbourhood": [{"group": g.group} | _served(g) for g in groups]},
        "spent_by_group": [
            {"group": g.group, "projects": g.projects, "selected": g.selected, "spent": plain(election.money(g.spent))}
            for g in spent_by_group(election, allocation.selected)
        ],
        "projects": projects,
    }


def _served(group: Served) -> dict[str, Any]:
    return {"voters": group.voters, "served": group.served, "share": round(group.share, 4)}


def as_json(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(found: dict[str, Any]) -> bytes:
    """One row a project; a spreadsheet opens it (marked UTF-8, « ; »), and a cell is never taken for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["id", "nom", "coût", "soutiens", "retenu", "ordre", "explication"])
    order = {name: place for place, name in enumerate(found["selected"], 1)}
    for one in found["projects"]:
        chosen = "oui" if one["selected"] else "non"
        row = [
            one["id"],
            one["name"],
            one["cost"],
            one["supporters"],
            chosen,
            order.get(one["id"], ""),
            one["explanation"],
        ]
        writer.writerow(
            [f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell for cell in row]
        )
    return out.getvalue().encode("utf-8-sig")


def as_pabulib(election: Election, allocation: Allocation) -> bytes:
    """The file that was read, its `selected` column being this result."""
    chosen = set(allocation.selected)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(["META"])
    writer.writerow(["key", "value"])
    writer.writerows(election.meta.items())
    columns = list(dict.fromkeys(name for one in election.projects for name in one.fields if name))
    if "selected" not in columns:
        columns.append("selected")
    writer.writerow(["PROJECTS"])
    writer.writerow(columns)
    for at, one in enumerate(election.projects):
        cells = {**one.fields, "selected": "1" if at in chosen else "0"}
        writer.writerow([cells.get(name, "") for name in columns])
    writer.writerow(["VOTES"])
    writer.writerow(election.vote_header)
    writer.writerows(election.vote_rows)
    return out.getvalue().encode()
