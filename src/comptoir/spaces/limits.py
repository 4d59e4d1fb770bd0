"""How often the same thing may be tried, for sign-in and for every form that anybody may send.

Kept in the database, so that it holds whatever the number of processes, and without a cache. A key (an address on the
network, an account) is kept as a digest salted with the instance's secret and the day: nobody is followed by it.
"""

import ipaddress
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from comptoir.kit.errors import TooMany
from comptoir.kit.french import plural
from comptoir.spaces.models import Attempt

KEPT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Limit:
    """`most` tries of one purpose by one key within `within`, counted from the first one."""

    purpose: str
    most: int
    within: timedelta


def spend(limit: Limit, key: str) -> None:
    """Count one try. Raises TooMany, with the minutes to wait, when there have been enough.

    Call it outside the transaction of what is tried: a refusal must not take the count back.
    """
    now = timezone.now()
    with transaction.atomic():
        attempt, made = Attempt.objects.select_for_update().get_or_create(
            purpose=limit.purpose, key=_digest(limit, key, now), defaults={"started_at": now}
        )
        if made:
            Attempt.objects.filter(started_at__lt=now - KEPT).delete()
            return
        ends = attempt.started_at + limit.within
        if ends <= now:
            attempt.started_at, attempt.count = now, 0
        elif attempt.count >= limit.most:
            minutes = math.ceil((ends - now) / timedelta(minutes=1))
            raise TooMany(f"Trop d'essais : réessayez dans {plural(minutes, 'minute', 'minutes')}.")
        attempt.count += 1
        attempt.save()


def forgive(limit: Limit, key: str) -> None:
    """It went well: the count starts again."""
    Attempt.objects.filter(purpose=limit.purpose, key=_digest(limit, key, timezone.now())).delete()


def address(request: HttpRequest) -> str:
    """Where a request comes from, as a key: behind our proxy, the last address noted; of an IPv6, the network."""
    seen: str = request.META.get("REMOTE_ADDR", "")
    if settings.HTTPS:
        seen = request.headers.get("X-Forwarded-For", seen).split(",")[-1].strip()
    try:
        found = ipaddress.ip_address(seen)
    except ValueError:
        return seen
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else seen


def _digest(limit: Limit, key: str, now: datetime) -> str:
    digest: str = salted_hmac(f"limits.{limit.purpose}.{now.date()}", key, algorithm="sha256").hexdigest()
    return digest[:32]
