"""The document template of a space."""

from comptoir.analysis.documents.model import Logo, Look
from comptoir.kit import files
from comptoir.spaces.models import Space


def look_of(space: Space) -> Look:
    """Name, colour, logo and footer of the space, as documents show them."""
    logos = (Logo(files.get(space.logo.digest), space.name),) if space.logo else ()
    return Look(name=space.name, colour=space.colour, logos=logos, footer=space.footer)
