"""The doors of neighbourhoods and local areas: every member looks, the team draws."""

from typing import Any

from doors import EVERYONE, TEAM, Door

from comptoir.accounts.models import Actor
from comptoir.territories.actions import add_local_area
from comptoir.territories.enums import LocalAreaKind
from comptoir.territories.local_areas import read_outline
from comptoir.territories.models import PriorityNeighbourhood

SQUARE = '{"type":"Polygon","coordinates":[[[2.1,43.9],[2.2,43.9],[2.2,44.0],[2.1,44.0],[2.1,43.9]]]}'
CHOSEN = {"name": "Les quais", "kind": "lived", "geometry": "", "members": "QN08106M"}
DOORS = (
    Door("space_neighbourhoods", EVERYONE),
    Door("space_map", EVERYONE),
    Door("space_neighbourhood", EVERYONE, ("QN08106M",)),
    Door("local_area", EVERYONE, ("{area}",)),
    Door("local_area_new", TEAM),
    Door("local_area_new", TEAM, post=CHOSEN),
    Door("local_area_edit", TEAM, ("{area}",)),
    Door("local_area_edit", TEAM, ("{area}",), CHOSEN),
    Door("local_area_withdraw", TEAM, ("{area}",), {}),
    Door("local_areas_import", TEAM),
    Door("local_areas_load", TEAM, post={"seen": "{areas_file}", "kind": "lived", "key": "nom"}),
)


def things(lead: Actor, member: Any) -> dict[str, str]:
    """A neighbourhood of the public list, a local area, a file of them that has been looked at."""
    from django.core import signing

    from comptoir.kit import files
    from comptoir.territories.views.local import SALT

    PriorityNeighbourhood.objects.get_or_create(code="QN08106M", generation=2024, defaults={"name": "Cantepau"})
    area = add_local_area(actor=lead, name="Les berges", kind=LocalAreaKind.LIVED, shape=read_outline(SQUARE))
    content = SQUARE.replace("2.2", "2.3").encode()
    token = signing.dumps({"name": "a.geojson", "digest": files.put(content)}, salt=f"{SALT}.{lead.space.pk}")
    return {"area": area.code, "areas_file": token}
