"""A phone asks for the messages of an area, is asked whether it did, and ends them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from mohalla.channels.notices.models import Subscriber, Wish
from mohalla.foundation import identifiers, seal
from mohalla.foundation.places.models import Place
from mohalla.foundation.places.queries import mohallas

MOST = 5
"""Areas of one phone: home, work, parents; more would be a machine that listens to a district."""
OPEN = timedelta(days=2)
ASKED = 3
"""So often a page may make us write to one number, in the time that a wish is kept."""


class TooMany(Exception):
    """The phone has as many areas as one may have."""


def subscribe(
    *, door: str, address: str, areas: Sequence[Place], language: str, asked_by: str, at: datetime
) -> int:
    """By the phone's own word only. How many areas are new; the language counts for all of them.

    Raises `TooMany`.
    """
    lookup = identifiers.contact_lookup(address)
    with transaction.atomic():
        mine = Subscriber.objects.filter(lookup=lookup, door=door)
        known = set(mine.select_for_update().values_list("area_id", flat=True))
        new = [area for area in areas if area.pk not in known]
        if len(known) + len(new) > MOST:
            raise TooMany
        mine.exclude(language=language).update(language=language)
        Subscriber.objects.bulk_create(
            [
                Subscriber(
                    area=area, door=door, lookup=lookup, address=seal.seal(address),
                    language=language, since=at, asked_by=asked_by,
                )
                for area in new
            ],
            ignore_conflicts=True,
        )  # fmt: skip
    return len(new)


def unsubscribe(*, door: str, address: str) -> int:
    """From all areas; the rows go at once. How many."""
    lookup = identifiers.contact_lookup(address)
    Wish.objects.filter(lookup=lookup).update(areas=[])
    gone, _each = Subscriber.objects.filter(lookup=lookup, door=door).delete()
    return gone


def wish(*, address: str, areas: Sequence[str], language: str, at: datetime) -> bool:
    """Somebody typed this number on a page. Whether that phone may be asked now."""
    lookup = identifiers.contact_lookup(address)
    with transaction.atomic():
        row, _made = Wish.objects.select_for_update().get_or_create(
            lookup=lookup, defaults={"at": at, "language": language}
        )
        if row.at <= at - OPEN:
            row.asked = 0
        if row.asked >= ASKED:
            return False
        row.areas, row.language, row.at, row.asked = list(areas), language, at, row.asked + 1
        row.save()
    return True


def wished(*, address: str, at: datetime) -> bool:
    """Whether this phone was asked lately and has not answered."""
    found = Wish.objects.filter(lookup=identifiers.contact_lookup(address), at__gt=at - OPEN)
    return found.exclude(areas=[]).exists()


def unwish(*, address: str) -> None:
    """The phone said no: the number stays counted, so that it is not asked again and again."""
    Wish.objects.filter(lookup=identifiers.contact_lookup(address)).update(areas=[], asked=ASKED)


def confirm(*, address: str, at: datetime) -> int:
    """The phone said yes: the areas that were wished for. How many; 0 where nothing was.

    Raises `TooMany`.
    """
    lookup = identifiers.contact_lookup(address)
    with transaction.atomic():
        row = Wish.objects.select_for_update().filter(lookup=lookup, at__gt=at - OPEN).first()
        if row is None or not row.areas:
            return 0
        wanted = [area for area in mohallas(at) if area.code in row.areas]
        subscribe(
            door="sms", address=address, areas=wanted, language=row.language, asked_by="web", at=at
        )
        Wish.objects.filter(pk=row.pk).update(areas=[])
    return len(wanted)
