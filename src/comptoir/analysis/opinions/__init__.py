"""Who agrees with whom, what unites and what divides, on what to ask next (docs/concepts/opinions.md)."""

from comptoir.analysis.opinions.agreement import adjusted_rand
from comptoir.analysis.opinions.analysis import Groups, Opinions, groups_of, next_statements, opinions_of
from comptoir.analysis.opinions.votes import AGREE, DISAGREE, PASS, Votes, votes_of

__all__ = [
    "AGREE",
    "DISAGREE",
    "PASS",
    "Groups",
    "Opinions",
    "Votes",
    "adjusted_rand",
    "groups_of",
    "next_statements",
    "opinions_of",
    "votes_of",
]
