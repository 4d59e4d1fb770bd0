"""Slots: what a higher room shows on a lower page, in batches, through its rule."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from comptoir.kit.slots import Piece, Slot
from comptoir.spaces.models import Space

Given = Mapping[UUID, Iterable[Piece]]


class Provider:
    """Gives each space a piece with its name, and remembers what it was asked."""

    def __init__(self, template: str = "kit/parts/mark.html"):
        self.template = template
        self.asked: list[list[str]] = []

    def __call__(self, viewer: str, items: Sequence[Space]) -> Given:
        self.asked.append([item.slug for item in items])
        return {item.pk: [Piece(self.template, {"name": item.name})] for item in items}


def spaces(count: int) -> list[Space]:
    return [Space(slug=f"s{n}", name=f"Espace {n}") for n in range(count)]


def everyone(viewer: str, item: Space) -> bool:
    return True


def test_a_provider_is_asked_once_for_the_whole_list() -> None:
    slot: Slot[str, Space] = Slot("essai", "a test")
    provider, items = Provider(), spaces(20)
    slot.fill(provider, rule=everyone)
    pieces = slot.pieces("Ama", items)
    assert provider.asked == [[item.slug for item in items]]
    assert list(pieces) == [item.pk for item in items]
    assert [pieces[item.pk][0].context["name"] for item in items] == [item.name for item in items]


def test_a_provider_is_asked_only_for_what_its_rule_lets_the_viewer_see() -> None:
    slot: Slot[str, Space] = Slot("essai", "a test")
    provider, items = Provider(), spaces(4)
    slot.fill(provider, rule=lambda viewer, item: viewer == "Ama" and item.slug in {"s1", "s3"})
    assert [len(found) for found in slot.pieces("Ama", items).values()] == [0, 1, 0, 1]
    assert [len(found) for found in slot.pieces("Ilan", items).values()] == [0, 0, 0, 0]
    assert provider.asked == [["s1", "s3"]], "a provider that may show nothing is not asked at all"


def test_pieces_come_in_the_order_in_which_rooms_were_loaded_and_once() -> None:
    slot: Slot[str, Space] = Slot("essai", "a test")
    first, second = Provider("a.html"), Provider("b.html")
    for provider in (first, second, first):
        slot.fill(provider, rule=everyone)
    (item,) = spaces(1)
    assert [piece.template for piece in slot.pieces("Ama", [item])[item.pk]] == ["a.html", "b.html"]
    assert first.asked == [["s0"]]


def test_a_slot_that_nobody_fills_is_empty() -> None:
    slot: Slot[str, Space] = Slot("essai", "a test")
    (item,) = spaces(1)
    assert slot.pieces("Ama", [item]) == {item.pk: []}
    assert slot.pieces("Ama", []) == {}


def test_a_provider_may_have_nothing_to_say_of_some_items() -> None:
    slot: Slot[str, Space] = Slot("essai", "a test")
    one, other = spaces(2)
    slot.fill(lambda viewer, items: {other.pk: [Piece("a.html", {})]}, rule=everyone)
    assert [len(found) for found in slot.pieces("Ama", [one, other]).values()] == [0, 1]
