"""What `comptoir opinions` says: JSON for programs, a page of text for people."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from comptoir.analysis.errors import InputError
from comptoir.analysis.opinions.agreement import adjusted_rand
from comptoir.analysis.opinions.analysis import Groups, Opinions
from comptoir.analysis.opinions.figures import wilson
from comptoir.analysis.opinions.reading import Statement

_SHOWN = 5
Json = dict[str, Any]


def as_json(opinions: Opinions, statements: Mapping[str, Statement], reference: Mapping[str, str]) -> bytes:
    """`k` (0 where only counts are given), `assignments`, `groups`, `statements`, `next`, `warnings`."""
    votes, groups, reality = opinions.votes, opinions.groups, opinions.reality
    given = assignments(opinions)
    out: Json = {
        "k": groups.count if groups else 0,
        "voters": len(votes.participants),
        "grouped": len(given),
        "votes": len(votes.value),
        "warnings": list(opinions.warnings),
        "test": None
        if reality is None
        else {
            "p": _short(reality.p),
            "explained": _short(reality.explained),
            "explained_by_chance": _short(reality.by_chance),
            "shuffles": reality.shuffles,
            "people": reality.people,
        },
        "silhouettes": {} if groups is None else {str(k): _short(score) for k, score in groups.silhouettes.items()},
    }
    both = [name for name in given if name in reference]
    if both:
        agreed = adjusted_rand([given[name] for name in both], [reference[name] for name in both])
        out["reference"] = {"participants": len(both), "adjusted_rand": _short(agreed)}
    out["groups"] = [] if groups is None else [_group(opinions, groups, at) for at in range(groups.count)]
    order = np.argsort(-opinions.priority, kind="stable").tolist()
    out["next"] = [votes.statements[at] for at in order]
    out["statements"] = [_statement(opinions, at, statements.get(name)) for at, name in enumerate(votes.statements)]
    out["assignments"] = given
    return (json.dumps(out, ensure_ascii=False, indent=1) + "\n").encode()


def assignments(opinions: Opinions) -> dict[str, int]:
    """The group of each participant who has one."""
    if opinions.groups is None:
        return {}
    pairs = zip(opinions.votes.participants, opinions.groups.labels.tolist(), strict=True)
    return {name: group for name, group in pairs if group >= 0}


def _group(opinions: Opinions, groups: Groups, at: int) -> Json:
    return {
        "id": at,
        "size": groups.sizes[at],
        "representative": [
            {
                "statement": opinions.votes.statements[found.statement],
                "side": "agree" if found.agree else "disagree",
                "count": found.count,
                "votes": found.votes,
                "share": _short(found.share),
                "times_the_others": _short(found.ratio),
            }
            for found in groups.representatives[at]
        ],
    }


def _statement(opinions: Opinions, at: int, known: Statement | None) -> Json:
    tally, groups = opinions.tally, opinions.groups
    out: Json = {"id": opinions.votes.statements[at]}
    if known is not None:
        out["text"] = known.text
    out |= _counts(tally.agree[at], tally.disagree[at], tally.votes[at])
    out["priority"] = _short(float(opinions.priority[at]))
    if groups is None:
        return out
    out |= _bounds(tally.agree[at], tally.votes[at])
    mine = groups.tally
    out["groups"] = [
        _counts(mine.agree[g, at], mine.disagree[g, at], mine.votes[g, at])
        | _bounds(mine.agree[g, at], mine.votes[g, at])
        for g in range(groups.count)
    ]
    yes, no = (bool(side[at]) for side in groups.everyone)
    out["consensus"] = {
        "side": "agree" if yes else "disagree" if no else None,
        "agree": _short(float(groups.agree[at])),
        "disagree": _short(float(groups.disagree[at])),
    }
    gaps = groups.gaps
    out["dividing"] = {
        "sure": bool(gaps.sure[at]),
        "groups": [int(gaps.high[at]), int(gaps.low[at])],
        "gap": _short(float(gaps.gap[at])),
        "low": _short(float(gaps.least[at])),
        "high": _short(float(gaps.most[at])),
    }
    return out


def _counts(agree: np.int64, disagree: np.int64, votes: np.int64) -> Json:
    yes, no, all_ = int(agree), int(disagree), int(votes)
    return {"votes": all_, "agree": yes, "disagree": no, "pass": all_ - yes - no}


def _bounds(agree: np.int64, votes: np.int64) -> Json:
    low, high = wilson(np.array([agree]), np.array([votes]))
    share = _short(int(agree) / int(votes)) if votes else None
    return {"agree_share": share, "agree_low": _short(float(low[0])), "agree_high": _short(float(high[0]))}


def _short(value: float) -> float:
    """Six digits: what is beyond may differ from one processor to another."""
    return float(f"{value:.6g}")


def as_text(opinions: Opinions, statements: Mapping[str, Statement]) -> str:
    """A page for people: who, groups, what unites, what divides, what to show next."""
    votes, groups = opinions.votes, opinions.groups
    counted = ((votes.participants, "votant"), (votes.statements, "affirmation"), (votes.value, "vote"))
    lines = [", ".join(f"{len(all_of)} {name}{'s' if len(all_of) > 1 else ''}" for all_of, name in counted) + "."]

    def named(at: int) -> str:
        name = votes.statements[at]
        known = statements.get(name)
        return f"n° {name}" + (f" « {' '.join(known.text.split())[:160]} »" if known and known.text else "")

    def count(at: int) -> str:
        yes, no = int(opinions.tally.agree[at]), int(opinions.tally.disagree[at])
        passing = int(opinions.tally.votes[at]) - yes - no
        return f"{yes} d'accord, {no} pas d'accord, {passing} {'passent' if passing > 1 else 'passe'}"

    if groups is None:
        lines += opinions.warnings
        lines += ["", "Affirmations :", *(f"- {named(at)} : {count(at)}" for at in range(len(votes.statements)))]
        return "\n".join(lines) + "\n"
    if opinions.reality:
        lines.append(f"{groups.count} groupes d'opinion (le hasard fait aussi bien : p = {opinions.reality.p:.2f}).")
    for group, size in enumerate(groups.sizes):
        lines += ["", f"Groupe {group}, {size} personnes. Ce qui le distingue :"]
        for found in groups.representatives[group]:
            side = "d'accord" if found.agree else "pas d'accord"
            lines.append(f"- {found.count} sur {found.votes} {side} : {named(found.statement)}")
    yes, no = groups.everyone
    united = [at for at in np.argsort(-np.maximum(groups.agree, groups.disagree)) if yes[at] or no[at]][:_SHOWN]
    divided = [at for at in np.argsort(-groups.gaps.least, kind="stable") if groups.gaps.sure[at]][:_SHOWN]
    lines += ["", "Ce qui réunit tous les groupes :", *(f"- {named(at)} : {count(at)}" for at in united or [])]
    lines += [] if united else ["- rien d'assez sûr."]
    lines += ["", "Ce qui sépare les groupes :"]
    lines += [
        f"- {named(at)} : écart de {groups.gaps.gap[at] * 100:.0f} points (de {groups.gaps.least[at] * 100:.0f} à "
        f"{groups.gaps.most[at] * 100:.0f})"
        for at in divided
    ] or ["- rien d'assez sûr."]
    shown = np.argsort(-opinions.priority, kind="stable")[:_SHOWN].tolist()
    lines += ["", "À montrer d'abord :", *(f"- {named(at)}" for at in shown)]
    return "\n".join(lines) + "\n"


def previous_of(data: bytes, source: str) -> dict[str, int]:
    """The assignments of an earlier output. Raises InputError."""
    try:
        found = json.loads(data)["assignments"]
        return {str(name): int(group) for name, group in found.items() if 0 <= int(group) < 100}
    except (ValueError, KeyError, TypeError, AttributeError):
        message = "ce n'est pas une sortie de « comptoir opinions » (« assignments » manque)."
        raise InputError(message, source=source) from None
