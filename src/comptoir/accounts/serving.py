"""Stored files go out through the rule of the room which owns them. A file that no room vouches for stays in."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.models import Actor
from comptoir.accounts.rules import is_member
from comptoir.kit import files
from comptoir.spaces.files import PICTURES
from comptoir.spaces.models import StoredFile

Rule = Callable[[Actor, StoredFile], bool]
# Types that browsers and spreadsheets open well; anything else leaves as bytes.
KNOWN = ("application/pdf", "application/vnd.", "text/csv", "text/plain")
_rules: list[Rule] = []


def vouch(rule: Rule) -> None:
    """A room declares, in `AppConfig.ready`, which stored files it shows to whom. Its docstring is the rule."""
    if rule not in _rules:
        _rules.append(rule)


def may_open(actor: Actor, file: StoredFile) -> bool:
    """A file of the actor's own space that at least one room shows to this actor."""
    return file.space_id == actor.space.pk and any(rule(actor, file) for rule in _rules)


@require_safe
@in_space(is_member)
def stored_file(request: SpaceRequest, code: str) -> HttpResponse:
    """A picture that we have drawn is shown; a document is handed over, to be saved. 404 unless a rule says yes."""
    file = get_object_or_404(StoredFile, space=request.space, code=code)
    if not may_open(request.actor, file):
        raise Http404
    try:
        content = files.get(file.digest)
    except FileNotFoundError:
        raise Http404 from None
    shown = file.media_type in PICTURES
    known = shown or file.media_type.startswith(KNOWN)
    response = HttpResponse(content, content_type=file.media_type if known else "application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(not shown, file.name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, max_age=300)
    return response
