"""From a key pressed on the phone on the screen to the answer on it, and what goes wrong."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django.fixtures import Settings

from mohalla.channels.seat import AlreadyRegistered
from mohalla.channels.sms import actions, embedded, handler, port, setting
from mohalla.channels.sms.actions.deliver_due import claim_due
from mohalla.channels.sms.models import Delivery, DeliveryState, Inbound, InboundState
from mohalla.channels.sms.rules import loops, retries

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AMINA = "+923001234567"


def soon(seconds: float) -> datetime:
    return AT + timedelta(seconds=seconds)


def answer(*, inbound: handler.InboundSms, at: datetime) -> None:
    actions.send(
        to=inbound.sender,
        text="شکریہ، آپ کا پیغام مل گیا",
        purpose="reply",
        subject=str(inbound.id),
        dedup_key=f"reply:{inbound.id}",
        at=at,
    )


class Carrier:
    """A transport whose mood the test decides."""

    limits = port.Limits(parts=10, media=False, at_once=1, rate=0, reports_delivery=True)
    is_up = True

    def __init__(self, *moods: Exception | str) -> None:
        self.moods = list(moods)
        self.sent: list[port.Outgoing] = []

    def start(self, inlet: port.Inlet, /) -> None: ...

    def stop(self) -> None: ...

    def send(self, outgoing: port.Outgoing, /) -> port.Accepted:
        mood = self.moods.pop(0)
        if isinstance(mood, Exception):
            raise mood
        self.sent.append(outgoing)
        return port.Accepted((mood,))


def news(at: datetime = AT, *, to: str = AMINA, key: str = "n1", **more: datetime) -> Delivery:
    return actions.send(
        to=to, text="خبر", purpose="news", subject="K7M2", dedup_key=key, at=at, **more
    )


def test_a_text_is_kept_handled_and_answered_on_the_screen() -> None:
    handler.register(answer)
    inbound = embedded.type_text(number="0300 1234567", text="گلی میں بتی نہیں", at=AT)
    assert inbound is not None
    assert (inbound.state, inbound.sender) == (InboundState.HANDLED, AMINA)
    assert embedded.deliver_due(at=soon(1)) == 1
    bubbles = embedded.thread(number="03001234567")
    assert [(b.direction, b.text) for b in bubbles] == [
        ("out", "گلی میں بتی نہیں"),
        ("in", "شکریہ، آپ کا پیغام مل گیا"),
    ]
    assert Delivery.objects.get().state == DeliveryState.DELIVERED


def test_nothing_is_lost_when_the_handler_fails_and_nothing_of_it_stays() -> None:
    def fail(*, inbound: handler.InboundSms, at: datetime) -> None:
        answer(inbound=inbound, at=at)
        raise RuntimeError("secret words")

    handler.register(fail)
    inbound = embedded.type_text(number=AMINA, text="مدد", at=AT)
    assert inbound is not None
    assert (inbound.state, inbound.attempts, inbound.error) == ("received", 1, "RuntimeError")
    assert not Delivery.objects.exists()
    handler.forget()
    handler.register(answer)
    assert actions.handle_due(at=AT) == 0  # rests a little
    assert actions.handle_due(at=soon(3)) == 1
    assert actions.handle_due(at=soon(4)) == 0
    assert Delivery.objects.count() == 1


def test_a_text_that_never_works_waits_for_a_person() -> None:
    def fail(*, inbound: handler.InboundSms, at: datetime) -> None:
        raise RuntimeError

    handler.register(fail)
    embedded.type_text(number=AMINA, text="x", at=AT)
    for day in range(retries.HANDLE_ATTEMPTS):
        actions.handle_due(at=AT + timedelta(days=day + 1))
    inbound = Inbound.objects.get()
    assert (inbound.state, inbound.attempts) == ("failed", retries.HANDLE_ATTEMPTS)


def test_a_crash_between_keeping_and_handling_is_picked_up() -> None:
    embedded.type_text(number=AMINA, text="مدد", at=AT)  # nobody registered: as after a crash
    assert Inbound.objects.get().state == "received"
    handler.register(answer)
    assert actions.handle_due(at=AT) == 1


def test_the_same_message_twice_is_one_and_two_presses_are_two() -> None:
    first = actions.receive(sender=AMINA, recipient="1787", text="1", carrier_id="a", at=AT)
    assert first is not None
    again = actions.receive(sender=AMINA, recipient="1787", text="1", carrier_id="a", at=soon(60))
    assert again is None
    other = actions.receive(sender=AMINA, recipient="1787", text="1", carrier_id="b", at=soon(1))
    assert other is not None
    assert other.repeats_id == first.id
    assert Inbound.objects.count() == 2
    assert Inbound.objects.get(pk=first.pk).copies == 2


def test_without_a_carrier_id_time_and_answers_decide() -> None:
    def came(text: str, at: datetime, sender: str = AMINA) -> Inbound | None:
        return actions.receive(sender=sender, recipient="1787", text=text, at=at)

    long = "میری گلی میں بتی نہیں ہے اور رات کو لڑکے بیٹھے رہتے ہیں"
    assert came(long, AT)
    assert came(long, soon(1)) is None
    assert came(long, soon(144)) is None
    assert came(long, soon(2), sender="+923007654321")  # two people, the same words: two
    assert came("1", soon(10))
    assert came("1", soon(60)) is None
    news(soon(70))
    assert came("1", soon(80))  # an answer to what we have asked since
    later = came(long, soon(24 * 3600))
    assert later is not None
    assert later.repeats is not None
    assert Inbound.objects.count() == 5


@pytest.mark.parametrize("sender", ["HBL", "1787", "", "12345678901234567890"])
def test_some_senders_are_kept_and_handled_but_never_answered(sender: str) -> None:
    seen: list[handler.InboundSms] = []

    def see(*, inbound: handler.InboundSms, at: datetime) -> None:
        seen.append(inbound)
        answer(inbound=inbound, at=at)

    handler.register(see)
    embedded.type_text(number=sender, text="آپ کا پیغام مل گیا", at=AT)
    assert [bool(one.why_silent) for one in seen] == [True]
    delivery = Delivery.objects.get()
    assert (delivery.state, bool(delivery.last_error)) == ("refused", True)
    assert embedded.deliver_due(at=soon(1)) == 0


def test_two_auto_responders_facing_each_other_fall_silent() -> None:
    handler.register(answer)
    turns = 0
    for second in range(loops.REPLIES_AN_HOUR * 3):
        embedded.type_text(number=AMINA, text=f"auto reply {second}", at=soon(second))
        if not embedded.deliver_due(at=soon(second)):
            break
        turns += 1
    assert turns == loops.REPLIES_AN_HOUR
    embedded.type_text(number="+923331112222", text="مدد", at=soon(99))  # others are answered
    assert embedded.deliver_due(at=soon(100)) == 1
    embedded.type_text(number=AMINA, text="مدد", at=soon(3700))  # and she too, an hour later
    assert embedded.deliver_due(at=soon(3701)) == 1


def test_the_same_words_again_and_again_fall_silent_sooner() -> None:
    handler.register(answer)
    for second in range(10):
        embedded.type_text(number=AMINA, text="I am driving", at=soon(second * 60))
    assert embedded.deliver_due(at=soon(601)) == loops.SAME_TEXT_AN_HOUR


def test_asking_twice_for_the_same_news_sends_it_once() -> None:
    assert news().pk == news(soon(5)).pk
    assert embedded.deliver_due(at=soon(6)) == 1
    assert news(soon(7)).state == DeliveryState.DELIVERED
    assert embedded.deliver_due(at=soon(8)) == 0


def test_held_back_cancelled_and_expired() -> None:
    night = news(key="night", not_before=soon(3600))
    assert embedded.deliver_due(at=soon(10)) == 0
    gone = news(key="gone", expires_at=soon(20))
    back = news(key="back", not_before=soon(3600))
    assert actions.cancel(delivery=back, at=soon(11))
    assert not actions.cancel(delivery=back, at=soon(12))
    assert embedded.deliver_due(at=soon(3601)) == 1
    states = {d.dedup_key: d.state for d in Delivery.objects.all()}
    assert states == {"night": "delivered", "gone": "failed", "back": "cancelled"}
    assert night.pk != gone.pk


def test_a_carrier_that_is_away_is_tried_again_later() -> None:
    carrier = Carrier(port.Unavailable("no link"), RuntimeError("a bug"), "id-1")
    delivery = news()
    assert actions.deliver_due(transport=carrier, at=AT) == 1
    assert actions.deliver_due(transport=carrier, at=soon(1)) == 0
    assert actions.deliver_due(transport=carrier, at=soon(2)) == 1
    assert actions.deliver_due(transport=carrier, at=soon(9)) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.last_error) == ("sent", 3, "")
    assert (delivery.price_units, delivery.sent_at) == (1, soon(9))


def test_a_refusal_is_final() -> None:
    delivery = news()
    actions.deliver_due(transport=Carrier(port.Refused("unknown number")), at=AT)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == ("refused", "unknown number")
    assert actions.deliver_due(transport=Carrier(), at=soon(99999)) == 0


def test_a_worker_that_died_half_way_is_followed_by_another() -> None:
    delivery = news()
    claimed = claim_due(at=AT, limit=5)
    assert [row.pk for row in claimed] == [delivery.pk]
    carrier = Carrier("id-1")
    assert actions.deliver_due(transport=carrier, at=soon(60)) == 0
    after = AT + retries.LEASE
    assert actions.deliver_due(transport=carrier, at=after) == 1
    assert Delivery.objects.get().state == "sent"


@pytest.mark.parametrize("fate", ["delivered", "failed"])
def test_receipts_before_and_after_the_answer_unknown_and_twice(fate: str) -> None:
    def receipt(carrier_id: str, at: datetime) -> None:
        told = port.Receipt(carrier_id, port.Fate(fate), "said so", b"pdu")
        actions.note_receipt(receipt=told, at=at)

    receipt("early", AT)
    receipt("nobody", AT)
    for key in ("one", "two"):
        news(key=key)
    actions.deliver_due(transport=Carrier("early", "late"), at=soon(1))
    assert sorted(Delivery.objects.values_list("state", flat=True)) == sorted([fate, "sent"])
    receipt("late", soon(2))
    receipt("late", soon(3))
    assert set(Delivery.objects.values_list("state", flat=True)) == {fate}
    assert actions.match_late_receipts(at=soon(4)) == 0


def test_the_daily_spend_stop_holds_everything_but_danger(
    settings: Settings,
) -> None:
    settings.SMS_PARTS_A_DAY = 1
    news(key="a")
    assert embedded.deliver_due(at=AT) == 1
    news(key="b")
    actions.send(to=AMINA, text="x", purpose="danger", subject="", dedup_key="c", at=AT)
    assert embedded.deliver_due(at=soon(1)) == 1
    assert Delivery.objects.get(dedup_key="b").state == "waiting"
    assert embedded.deliver_due(at=soon(24 * 3600 + 2)) == 1


def test_hostile_text_is_kept_as_far_as_a_database_can() -> None:
    text = "a\x00b\ud800c\u202edesrever" + "ب" * 20000
    inbound = embedded.type_text(number=AMINA, text=text, at=AT)
    assert inbound is not None
    inbound.refresh_from_db()
    assert inbound.text.startswith("a\ufffdb\ufffdc\u202edesrever")
    assert len(inbound.text) == len(text)


def test_one_handler_only() -> None:
    handler.register(answer)
    handler.register(answer)
    with pytest.raises(AlreadyRegistered):
        handler.register(lambda *, inbound, at: None)


def test_our_own_number_comes_from_the_setting(settings: object) -> None:
    settings.SMS_URL = "embedded:?source=8787"  # type: ignore[attr-defined]
    assert setting.own_number() == "8787"


def test_words_that_must_be_sealed_elsewhere_leave_this_room() -> None:
    def keep_elsewhere(*, inbound: handler.InboundSms, at: datetime) -> None:
        actions.clear_words(inbound_id=inbound.id)

    handler.register(keep_elsewhere)
    secret = "SHO ne paise liye"
    first = actions.receive(sender=AMINA, recipient="1787", text=secret, raw=b"SHO", at=AT)
    assert first is not None
    assert (first.state, first.text, first.raw) == ("handled", "", None)
    again = actions.receive(sender=AMINA, recipient="1787", text=secret, raw=b"SHO", at=soon(60))
    assert again is None  # still known as the same
