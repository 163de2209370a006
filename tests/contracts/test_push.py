"""Web Push against a service and a browser of their own; and addresses that we never call."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.counter import told
from tests.peers.push_service import Service, claims, serving

from mohalla.channels.push import actions, address, vapid
from mohalla.channels.push.embedded import EmbeddedTransport
from mohalla.channels.push.models import Notice, Subscription
from mohalla.channels.push.queries import mailbox
from mohalla.channels.push.web import WebTransport
from mohalla.foundation import clock, identifiers
from mohalla.foundation.units import queries as directory
from mohalla.site.demo import district
from mohalla.stages.access.actions import reach
from mohalla.stages.access.actions.converse import Wanted, tell
from mohalla.station.casework.models import Case

NOON = datetime(2026, 3, 25, 7, tzinfo=UTC)
HOSTS = ["fcm.googleapis.com", "*.push.apple.com"]


@pytest.fixture
def service(db: None, settings: Any, tmp_path: Any) -> Iterator[Service]:
    settings.DEMO, settings.PUSH, settings.KEYS_DIR = True, "web:", settings.KEYS_DIR
    with serving() as found:
        yield found


@pytest.fixture
def web() -> Iterator[WebTransport]:
    made = WebTransport()
    yield made
    made.stop()


def listener(service: Service, subject: str = "K7M2QX4", **more: Any) -> Subscription:
    return actions.subscribe(told=service.told(), subject=subject, language="ur", at=NOON, **more)


def owe(row: Subscription, key: str = "one", at: datetime = NOON) -> Notice:
    return actions.send(to=row, purpose="news", dedup_key=key, at=at)


@pytest.mark.network
def test_a_browser_opens_what_we_sealed_and_it_says_nothing(
    service: Service, web: WebTransport
) -> None:
    notice = owe(listener(service))
    assert actions.deliver_due(transport=web, at=NOON) == 1
    ((headers, said),) = service.came
    assert said == {"text": "نئی خبر ہے۔ جب اکیلے ہوں تب کھولیں۔"}
    assert headers["TTL"] == str(72 * 3600)
    assert claims(headers["Authorization"], vapid.public())["aud"] == service.url
    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == ("sent", 1)
    assert actions.deliver_due(transport=web, at=NOON) == 0


@pytest.mark.network
@pytest.mark.parametrize("status", [404, 410])
def test_an_address_that_is_gone_ends_and_is_forgotten(
    service: Service, web: WebTransport, status: int
) -> None:
    row = listener(service)
    first, second = owe(row), owe(row, "two", NOON + timedelta(hours=1))
    service.status = status
    actions.deliver_due(transport=web, at=NOON)
    for each in (row, first, second):
        each.refresh_from_db()
    assert (row.why, row.address, row.lookup) == ("gone", "", "")
    assert (first.state, second.state) == ("refused", "cancelled")


@pytest.mark.network
@pytest.mark.parametrize(
    ("status", "after", "state", "wait"),
    [(429, "120", "waiting", 120), (503, "", "waiting", 5), (503, "soon", "waiting", 5),
     (302, "", "refused", 0), (400, "", "refused", 0), (413, "", "refused", 0)],
)  # fmt: skip
def test_what_the_service_says_decides(
    service: Service, web: WebTransport, status: int, after: str, state: str, wait: int
) -> None:
    notice = owe(listener(service))
    service.status = status
    service.headers = {"Retry-After": after, "Location": "http://127.0.0.1:1/"}
    actions.deliver_due(transport=web, at=NOON)
    notice.refresh_from_db()
    assert notice.state == state
    if state == "waiting":
        assert notice.next_try_at == NOON + timedelta(seconds=wait)
    assert Subscription.objects.get().ended_at is None
    assert len(service.came) == 1  # no redirect was followed


@pytest.mark.network
def test_nobody_answers_and_it_waits_until_it_expires(service: Service, web: WebTransport) -> None:
    row = actions.subscribe(
        told=service.told().replace(service.url, "http://127.0.0.1:9"),
        subject="K7M2QX4", language="en", at=NOON,
    )  # fmt: skip
    notice = owe(row)
    actions.deliver_due(transport=web, at=NOON)
    notice.refresh_from_db()
    assert (notice.state, notice.last_error) == ("waiting", "no answer: ConnectError")
    actions.deliver_due(transport=web, at=NOON + timedelta(days=4))
    notice.refresh_from_db()
    assert notice.state == "failed"


def test_it_is_saved_before_the_call_and_a_dead_worker_loses_none(service: Service) -> None:
    notice = owe(listener(service))
    seen: list[str] = []

    class Dies(EmbeddedTransport):
        def send(self, outgoing: Any, /) -> None:
            seen.append(Notice.objects.get().state)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.deliver_due(transport=Dies(), at=NOON)
    assert seen == ["sending"]
    later = NOON + timedelta(minutes=4)
    assert actions.deliver_due(transport=EmbeddedTransport(), at=later) == 1
    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == ("sent", 2)
    assert [row.pk for row in mailbox()] == [notice.pk]


def test_safe_hours_hold_it_back_and_the_same_news_goes_once(service: Service) -> None:
    row = listener(service, safe_hours=(20, 22))  # it is noon in the district
    notice = owe(row)
    assert owe(row).pk == notice.pk
    assert notice.next_try_at.astimezone(clock.PKT).hour == 20
    assert actions.deliver_due(transport=EmbeddedTransport(), at=NOON) == 0
    late = NOON + timedelta(hours=12)  # midnight: the worker was away
    assert actions.deliver_due(transport=EmbeddedTransport(), at=late) == 0
    assert actions.deliver_due(transport=EmbeddedTransport(), at=NOON + timedelta(hours=33)) == 1


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x", "https://fcm.googleapis.com:8443/x", "https://fcm.googleapis.com@10.0.0.1/",
        "https://10.0.0.1/", "https://169.254.169.254/latest", "https://localhost/", "https://[::1]/",
        "https://fcm.googleapis.com.evil.example/", "https://push.apple.com/", "https://evilpush.apple.com/",
        "https://fcm.googleapis.com\\@10.0.0.1/", "https://fcm.googleapis.com/ x", "file:///etc/passwd",
        "https://fcm.googleapis.com#@10.0.0.1/", "gopher://fcm.googleapis.com/", "//fcm.googleapis.com/",
        "https://fcm.googleapis.com:x/", "https://ｆcm.googleapis.com/", "https://fcm.googleapis.com/" + "x" * 2000,
        "http://127.0.0.1:5432/", "",
    ],
)  # fmt: skip
def test_we_call_nobody_but_push_services(endpoint: str) -> None:
    with pytest.raises(address.BadAddress):
        address.check(endpoint, hosts=HOSTS)


def test_known_services_are_called_and_loopback_in_the_demonstration_only() -> None:
    for good in ("https://fcm.googleapis.com/fcm/send/abc", "https://web.push.apple.com:443/Q",
                 "https://FCM.googleapis.com./x"):  # fmt: skip
        address.check(good, hosts=HOSTS)
    address.check("http://127.0.0.1:5432/", hosts=HOSTS, loopback=True)
    with pytest.raises(address.BadAddress):
        address.check("http://127.0.0.2:5432/", hosts=HOSTS, loopback=True)


@pytest.mark.parametrize(
    "said", ["", "[]", "{", "null", '{"endpoint": "https://fcm.googleapis.com/x"}']
)
def test_what_is_no_subscription_is_refused(said: str) -> None:
    with pytest.raises(address.BadAddress):
        address.read(said, hosts=HOSTS)


def test_keys_of_another_shape_are_refused(service: Service) -> None:
    for part in ("p256dh", "auth"):
        bad = service.told().replace(f'"{part}": "', f'"{part}": "AA')
        with pytest.raises(address.BadAddress):
            address.read(bad, hosts=HOSTS, loopback=True)


@pytest.fixture
def case(service: Service) -> Iterator[Case]:
    directory.forget()
    with clock.fixed(NOON):
        district.build(since=NOON - timedelta(days=30))
        yield told()
    directory.forget()


def track(client: Client, case: Case, **said: str) -> tuple[int, str]:
    receipt = identifiers.receipt_for(case.report.pk, case.report.receipt_version)
    answer = client.post("/en/track/", {"receipt": receipt, **said})
    return answer.status_code, answer.content.decode()


def test_a_reporter_without_a_number_is_told_on_her_phone(
    service: Service, case: Case, client: Client
) -> None:
    news = Wanted(key="news", case=case)
    reach.remove_contact(case=case, by="reporter", at=NOON)
    assert not tell(case=case, wanted=news, event="before", at=NOON)
    code, html = track(client, case, do="listen", subscription=service.told(), safe_hours="9-18")
    assert (code, "From now on this phone hears" in html) == (200, True)
    assert tell(case=case, wanted=news, event="one", at=NOON)
    assert tell(case=case, wanted=news, event="one", at=NOON)
    notice = Notice.objects.get()
    assert case.reference not in notice.text
    code, html = track(client, case, do="silence")
    notice.refresh_from_db()
    assert notice.state == "cancelled"
    assert not tell(case=case, wanted=news, event="two", at=NOON)


def test_deleting_the_number_silences_phones_too(service: Service, case: Case) -> None:
    listener(service, subject=case.reference)
    reach.remove_contact(case=case, by="reporter", at=NOON)
    row = Subscription.objects.get()
    assert (row.why, row.address) == ("asked", "")


@pytest.mark.parametrize(
    "said",
    [{"subscription": "nonsense"}, {"subscription": '{"endpoint": "https://10.0.0.1/"}'},
     {"safe_hours": "noon"}],
)  # fmt: skip
def test_what_cannot_be_used_changes_nothing(
    service: Service, case: Case, client: Client, said: dict[str, str]
) -> None:
    code, _html = track(client, case, do="listen", **({"subscription": service.told()} | said))
    assert code == 422
    assert not Subscription.objects.exists()


def test_five_phones_are_enough(service: Service, case: Case, client: Client) -> None:
    for number in range(5):
        code, _html = track(client, case, do="listen", subscription=service.told(f"/{number}"))
        assert code == 200
    assert track(client, case, do="listen", subscription=service.told("/5"))[0] == 422
    assert track(client, case, do="listen", subscription=service.told("/4"))[0] == 200
    assert Subscription.objects.count() == 5
