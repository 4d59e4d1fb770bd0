"""Lists that behave like spreadsheets, from one declaration: filter, sort, pages, print, CSV, XLSX, ODS.

    listing = Listing(
        name="journal", title="Journal", queryset=Entry.objects.of(space), order="-quand",
        columns=(Column("quand", "Quand", lambda entry: entry.at, sort="id"), …),
        filters=(Search(("search",)), Choice("role", "Rôle", Role.choices)),
    )
    return listing.respond(request, TEMPLATE, {…})

and, in the page, `{% listing listing %}`. See docs/guide/listes.md for what people do with it.
"""

from comptoir.kit.lists.columns import Column
from comptoir.kit.lists.filters import Choice, Filter, Period, Search
from comptoir.kit.lists.listing import Listing
from comptoir.kit.lists.shown import Head, ShownCell, ShownListing

__all__ = ["Choice", "Column", "Filter", "Head", "Listing", "Period", "Search", "ShownCell", "ShownListing"]
