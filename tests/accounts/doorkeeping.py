"""What the tests of the door share: reading the mails that wait, the words of a page, the codes of an application."""

import re
import time
from typing import Any

from lxml import html

from comptoir.accounts import totp
from comptoir.accounts.models import Person, Totp
from comptoir.spaces.models import Mail


def said(answer: Any) -> str:
    return " ".join(html.fromstring(answer.content.decode()).text_content().split())


def mailed(to: str) -> str:
    """The text of the last mail to this address."""
    return Mail.objects.filter(to=to).order_by("-pk")[0].text


def mailed_code(to: str) -> str:
    found = re.search(r"Voici votre code : (\w{3}) (\w{3})", mailed(to))
    assert found
    return found[1] + found[2]


def mailed_path(to: str) -> str:
    """The address that the last mail leads to, in this site."""
    found = re.search(r"http://127\.0\.0\.1:8000(/connexion/invitation/\S+)", mailed(to))
    assert found
    return found[1]


def with_application(person: Person) -> str:
    """Give this person an application; its secret."""
    return Totp.objects.create(person=person, secret=totp.new_secret()).secret


def shown_now(secret: str, *, later: int = 0) -> str:
    return totp.code(secret, int(time.time()) // totp.PERIOD + later)
