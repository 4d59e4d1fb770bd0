"""A file with which anyone can count again, and the count again: every step in whole numbers, none taken on trust."""

import hashlib
import json
from fractions import Fraction
from typing import Any

from comptoir.analysis.allocation.exact_shares import ExactShares
from comptoir.analysis.allocation.model import Election, Utility
from comptoir.analysis.allocation.report import settings_json
from comptoir.analysis.allocation.rule import Allocation, Part, Rule, Step
from comptoir.analysis.allocation.sequences import Phragmen, greedy
from comptoir.analysis.errors import InputError


def audit(election: Election, allocation: Allocation, data: bytes) -> dict[str, Any]:
    """Settings, the fingerprint of the file, each purchase with its exact price (a fraction of the file's money)."""
    return {
        "sha256": hashlib.sha256(data).hexdigest(),
        "rule": settings_json(election, allocation),
        "parts": [
            {
                "floor": part.floor.label if part.floor else None,
                "budget": str(election.money(part.budget)),
                "share": None if part.share is None else str(election.money(part.share)),
                "projects": [election.projects[at].id for at in part.among],
                "steps": _steps(election, allocation.settings.utility, part),
            }
            for part in allocation.parts
        ],
        "selected": [election.projects[at].id for at in allocation.selected],
    }


def _steps(election: Election, utility: Utility, part: Part) -> list[dict[str, Any]]:
    """The purchases of a part, worked out again in whole numbers. Raises AssertionError where one is not the rule's."""
    bought = [step for step in part.steps if step.rule is Rule.EQUAL_SHARES]
    prices: list[Fraction | None] = [None] * len(part.steps)
    if part.share is not None:
        found = exact_count(election, utility, part.among, part.share)
        assert [at for at, _ in found] == [step.project for step in bought], "the exact count differs"
        prices[: len(found)] = [election.money(price * election.points_scale) for _, price in found]
    elif any(step.rule is Rule.PHRAGMEN for step in part.steps):
        loads = Phragmen(election, part.among, part.budget).count().loads
        prices[: len(loads)] = [None if load is None else election.money(load) for load in loads]
    return [_step(election, step, price) for step, price in zip(part.steps, prices, strict=True)]


def _step(election: Election, step: Step, price: Fraction | None) -> dict[str, Any]:
    return {
        "project": election.projects[step.project].id,
        "cost": str(election.money(election.projects[step.project].cost)),
        "stage": step.stage.value,
        "rule": step.rule.value,
        "price": None if price is None else str(price),
    }


def exact_count(
    election: Election, utility: Utility, among: tuple[int, ...], share: Fraction
) -> list[tuple[int, Fraction]]:
    """Equal shares without any floating point: slow, and the judge of the fast one."""
    costs, scores = [one.cost for one in election.projects], election.scores
    by_cost = utility is Utility.COST
    rank = election.tie_rank.__getitem__
    open_ = {at for at in among if scores[at] and costs[at]}
    done = [] if by_cost else [(at, Fraction(0)) for at in sorted(among, key=rank) if scores[at] and not costs[at]]
    exact = ExactShares(election.profile, tuple(costs), share)
    while True:
        keys = {}
        for at in sorted(open_):
            price = exact.price(at)
            if price is None:
                open_.discard(at)
            else:
                keys[at] = (price / costs[at] if by_cost else price, rank(at))
        if not keys:
            return done
        chosen = min(keys, key=keys.__getitem__)
        done.append((chosen, exact.pay(chosen)))
        open_.discard(chosen)


def replay(election: Election, data: bytes, kept: bytes, source: str) -> list[str]:
    """What is wrong with an audit file, in French; nothing when every step is found again. Raises InputError."""
    try:
        told = json.loads(kept)
        parts, utility = told["parts"], Utility(told["rule"]["utility"])
        if told["sha256"] != hashlib.sha256(data).hexdigest():
            return ["le fichier des votes n'est pas celui qui a été compté : son empreinte diffère."]
        position = {one.id: at for at, one in enumerate(election.projects)}
        wrong = []
        for number, part in enumerate(parts, 1):
            wrong += [f"étape {number} : {fault}" for fault in _faults(election, utility, part, position)]
        together = [step["project"] for part in parts for step in part["steps"]]
        if together != told["selected"]:
            wrong.append("la liste des projets retenus n'est pas celle des étapes.")
        if sum(election.projects[position[name]].cost for name in together) > election.budget:
            wrong.append("les projets retenus dépassent le budget.")
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError("ce n'est pas un fichier d'audit de « comptoir allocate ».", source=source) from None
    return wrong


def _faults(election: Election, utility: Utility, part: dict[str, Any], position: dict[str, int]) -> list[str]:
    among = tuple(position[name] for name in part["projects"])
    budget = int(Fraction(part["budget"]) * election.scale)
    found: list[tuple[int, Fraction | None]] = []
    if part["share"] is not None:
        share = Fraction(part["share"]) * election.scale
        prices = exact_count(election, utility, among, share)
        found = [(at, election.money(price * election.points_scale)) for at, price in prices]
    elif any(step["rule"] == Rule.PHRAGMEN for step in part["steps"]):
        count = Phragmen(election, among, budget).count()
        loads = [None if load is None else election.money(load) for load in count.loads]
        found = list(zip(count.bought, loads, strict=True))
    if any(step["rule"] == Rule.GREEDY for step in part["steps"]):
        left = budget - election.cost_of([at for at, _ in found])
        found += [(at, None) for at in greedy(election, utility, set(among) - {at for at, _ in found}, left)]
    told = [(position[s["project"]], None if s["price"] is None else Fraction(s["price"])) for s in part["steps"]]
    if [at for at, _ in told] != [at for at, _ in found]:
        return ["les achats recomptés ne sont pas ceux du fichier."]
    names = [election.projects[at].id for (at, price), (_, again) in zip(told, found, strict=True) if price != again]
    return [f"le prix de « {name} » n'est pas celui recompté." for name in names]
