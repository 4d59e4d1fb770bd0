"""Statistical disclosure control: what may be published of tables about people. See docs/concepts/disclosure.md."""

from comptoir.analysis.disclosure.audit import Found, Verdict, audit, published
from comptoir.analysis.disclosure.model import (
    Cell,
    Cost,
    Dimension,
    Protection,
    Release,
    ReleasedCell,
    Rule,
    Status,
    Table,
    Zeros,
)
from comptoir.analysis.disclosure.protection import protect

__all__ = [
    "Cell",
    "Cost",
    "Dimension",
    "Found",
    "Protection",
    "Release",
    "ReleasedCell",
    "Rule",
    "Status",
    "Table",
    "Verdict",
    "Zeros",
    "audit",
    "protect",
    "published",
]
