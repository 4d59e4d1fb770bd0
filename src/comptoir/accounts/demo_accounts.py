"""The accounts that a demonstration offers on its sign-in page: those at the demonstration's own address."""

from comptoir.accounts.models import Membership

DOMAIN = "@comptoir.example"
PASSWORD = "une-demonstration-ouverte"  # noqa: S105  # printed on purpose; settings refuse a demo behind HTTPS


def listed() -> list[Membership]:
    """One membership per demonstration account, in the order of the roles."""
    shown = Membership.objects.current().select_related("person", "space", "organisation")
    return list(shown.filter(person__email__endswith=DOMAIN).order_by("pk"))
