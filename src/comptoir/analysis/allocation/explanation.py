"""One French sentence per project: why it was selected, or what it lacked. See docs/concepts/allocation.md."""

from fractions import Fraction

from comptoir.analysis.allocation.model import Election
from comptoir.analysis.allocation.rule import Allocation, Part, Rule, Stage, Step

_SIGNS = {"EUR": "€", "": "€", "USD": "$", "GBP": "£"}
_NARROW = "\u202f"


def amount(election: Election, units: int | float | Fraction) -> str:
    """Money as French writes it: 24,30 €, 12 000 €. Cents only where there are some."""
    cents = round(Fraction(units) / election.scale * 100)
    if not cents and units > 0:
        return f"moins d'un centime ({_sign(election)})" if _sign(election) != "€" else "moins d'un centime"
    whole = f"{cents // 100:,}".replace(",", _NARROW)
    return f"{whole},{cents % 100:02d} {_sign(election)}" if cents % 100 else f"{whole} {_sign(election)}"


def _sign(election: Election) -> str:
    code = election.meta.get("currency", "").strip().upper()
    return _SIGNS.get(code, code)


def _voters(count: int) -> str:
    return f"{count} votant" if count < 2 else f"{count} votants"


def explanations(election: Election, allocation: Allocation, missing: dict[int, int]) -> tuple[str, ...]:
    """The sentence of each project, in the order of the file. `missing`: what `missing_supports` found."""
    steps = {step.project: (step, part) for part in allocation.parts for step in part.steps}
    return tuple(
        _selected(election, *steps[at]) if at in steps else _refused(election, allocation, at, missing.get(at))
        for at in range(len(election.projects))
    )


def _selected(election: Election, step: Step, part: Part) -> str:
    supporters = int(election.supporters[step.project])
    kept = f" sur le plancher de « {part.floor.label} »" if part.floor else ""
    if step.stage is Stage.COMPLETION:
        kept = " avec l'argent qui restait"
    who = f"retenu{kept} : soutenu par {_voters(supporters)}"
    if not supporters:
        return f"retenu{kept} : personne ne le soutient, mais il tient encore dans le budget"
    if step.rule is Rule.GREEDY:
        return who + _points(election, step.project)
    if step.rule is Rule.PHRAGMEN:
        load = amount(election, step.price or 0.0)
        return f"{who}, dont chacun aura porté {load} de dépenses en tout"
    if not step.payers or not step.price:
        return f"{who}, et il ne coûte rien"
    return f"{who}{_paid(election, step, step.price, *step.payers)}"


def _points(election: Election, project: int) -> str:
    if election.ballots.points is None:
        return ""
    points = Fraction(election.scores[project], election.points_scale)
    return f" ({f'{float(points):g}'.replace('.', ',')} points)"


def _paid(election: Election, step: Step, price: float, full: int, some: int) -> str:
    """Who pays: the price, or all they have left when it is less, or nothing when nothing is left."""
    each = amount(election, price * election.points_scale)
    if election.ballots.points is not None:
        each += " par point"
    none = int(election.supporters[step.project]) - full - some
    if not some and not none:
        return f", qui paie {each}" if full == 1 else f", qui paient chacun {each}"
    words = [f"{full} paie {each}" if full == 1 else f"{full} paient chacun {each}"]
    if some:
        words.append("1 donne tout ce qui lui reste" if some == 1 else f"{some} donnent tout ce qui leur reste")
    if none:
        words.append("1 n'a plus rien" if none == 1 else f"{none} n'ont plus rien")
    return f" ; {', '.join(words)}"


def _refused(election: Election, allocation: Allocation, project: int, missing: int | None) -> str:
    cost, supporters = election.projects[project].cost, int(election.supporters[project])
    if cost > election.budget:
        return f"non retenu : il coûte {amount(election, cost)}, plus que tout le budget"
    if missing is not None:
        return f"non retenu : il manquait {missing} soutien{'s' if missing > 1 else ''}"
    left = election.budget - election.cost_of(allocation.selected)
    if not supporters:
        return "non retenu : personne ne le soutient"
    if cost > left:
        rest = f"il restait {amount(election, left)}" if left else "il ne restait rien"
        return f"non retenu : soutenu par {_voters(supporters)}, il coûte {amount(election, cost)} et {rest}"
    return f"non retenu : les parts de ses {_voters(supporters)} ne suffisaient pas à payer {amount(election, cost)}"
