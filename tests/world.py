"""Everybody, and one of everything for everybody: for tests that try all doors with all keys.

`World(district)` adds a second district to the first and gives each desk a case with a file, a
request for a new receipt, a key of its own, somebody who asked for that key's shares; each account a
passkey and a second session; each officer a question to another body. `found(kind, who, relation)`
says what to put into an address, `body` what a script would send there.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.district import District, _always, _place, filed, signed_in
from tests.safe import Hands, hands, made, new_key, sealed

from mohalla.foundation import identifiers, seal
from mohalla.foundation.approvals.models import Approval
from mohalla.foundation.keys import actions as keys
from mohalla.foundation.keys.models import DeskKey, Recovery, RecoveryShare
from mohalla.foundation.people.models import Account, Officer, Passkey, Session
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.actions import end_posting, post, start_leave
from mohalla.foundation.units.models import Barred, Posting, Unit
from mohalla.stages.access.models import ReceiptClaim
from mohalla.station.casework.models import Case, Recipient
from mohalla.station.casework.rules.two_bodies import RECLASSIFY
from mohalla.station.response import actions as response

OWN, OTHER_UNIT, OTHER_DISTRICT, NONE = "own", "other unit", "other district", "none"
RELATIONS = (OWN, OTHER_UNIT, OTHER_DISTRICT, NONE)
# role: (officer of the cast, desk). `nobody` has no account, `clerk` and `keeper` are no officers
ROLES = {
    "nobody": ("", "station_a"), "clerk": ("", "station_a"), "keeper": ("", "station_a"),
    "member": ("hamid", "station_a"), "beat officer": ("ali", "station_a"),
    "head": ("sho", "station_a"), "womens desk": ("sana", "womens_desk"),
    "triage": ("tariq", "triage_desk"), "sdpo": ("saima", "sdpo"), "dpo": ("dawood", "dpo"),
    "outside": ("farah", "independent"), "transferred": ("gone", "station_a"),
    "suspended": ("away", "station_a"), "barred": ("named", "station_a"),
}  # fmt: skip
# which front door leads to which desk; the others are sent their case
DOORS = {
    "station_a": {"category": "street_light"}, "womens_desk": {"category": "sexual_violence"},
    "independent": {"category": "bribe", "about_unit": "station_a"},
}  # fmt: skip
UNKNOWN = {
    "reference": "ZZZZ999", "key": "00000000-0000-7000-8000-000000000000", "code": "nowhere",
    "to": "00000000-0000-7000-8000-000000000001", "name": "0/999",
}  # fmt: skip
NOTHING = UNKNOWN["key"]


@dataclass
class Desk:
    """A desk with its head, and what belongs to it."""

    unit: Unit
    head: Officer
    case: Case
    receipt: str
    file: UUID
    claim: UUID
    hands: Hands
    key: DeskKey
    alarm: UUID
    private: Any
    recovery: Recovery | None = None


class World:
    def __init__(self, district: District) -> None:
        self.district, self.at = district, district.at
        self.people: dict[str, Officer] = {}
        self._more_people()
        names = ("station_a", "station_b", "womens_desk", "triage_desk", "sdpo", "dpo",
                 "independent")  # fmt: skip
        heads = ("sho", "ehsan", "sana", "tariq", "saima", "dawood", "farah")
        self.desks: dict[str, Desk] = {}
        places = [(getattr(district, name), getattr(district, head))
                  for name, head in zip(names, heads, strict=True)]  # fmt: skip
        places.append((self.station_c, self.people["omar"]))
        keyring = {unit.code: hands(district, head) for unit, head in places}
        for unit, head in places:
            self.desks[unit.code] = self._desk(unit, head, keyring[unit.code])
        for desk in self.desks.values():
            if desk.key.needed:
                desk.recovery = keys.ask_recovery(
                    officer=desk.head.pk, unit=desk.unit.pk, drill=True, at=self.at
                )
        Barred.objects.create(
            room="casework", subject=self.desks["station_a"].case.reference,
            officer=self.people["named"], reason="named", since=self.at,
        )  # fmt: skip
        self.accounts = {role: self._account(role) for role in ROLES if role != "nobody"}
        self.stranger = self._belongings(
            Account.objects.create(name="B-ehsan", officer=district.ehsan)
        )
        self.far = self._belongings(
            Account.objects.create(name="B-omar", officer=self.people["omar"])
        )
        self.questions = self._questions()

    def client(self, role: str) -> Client:
        """A browser in English in which this role has just signed in."""
        client = Client(headers={"accept-language": "en"}, raise_request_exception=False)
        if role != "nobody":
            signed_in(client, self.accounts[role], at=self.at)
        return client

    def officer(self, role: str) -> Officer | None:
        name = ROLES[role][0]
        return self.people.get(name) or getattr(self.district, name) if name else None

    def desk(self, role: str, relation: str) -> Desk | None:
        """The desk at this relation to the role; None: there is none."""
        here = ROLES[role][1]
        other = "womens_desk" if here != "womens_desk" else "station_b"
        code = {OWN: here, OTHER_UNIT: other, OTHER_DISTRICT: "station_c"}.get(relation)
        return self.desks[code] if code else None

    def found(self, kind: str, role: str, relation: str) -> dict[str, str]:
        """The values of an address's brackets."""
        desk = self.desk(role, relation)
        if desk is None:
            return UNKNOWN
        if kind == "share":
            return UNKNOWN | {"key": str(self._kept(role, relation))}
        key: object = {
            "case": desk.file, "claim": desk.claim, "alarm": desk.alarm, "desk": desk.key.pk,
            "recovery": desk.recovery.pk if desk.recovery else NOTHING,
        }.get(kind)  # fmt: skip
        if kind in {"passkey", "session", "question"}:
            key = self._personal(kind, role, relation)
        return UNKNOWN | {
            "reference": desk.case.reference, "key": str(key), "code": desk.unit.code,
            "to": str(self._colleague(desk).key.pk),
        }  # fmt: skip

    def body(self, path: str, role: str, relation: str) -> dict[str, str]:
        """What a form or a script would send, where an empty one is refused before all else."""
        desk = self.desk(role, relation) or next(iter(self.desks.values()))
        if path.startswith("/desk/keys/"):
            return {"sent": json.dumps(self._keys(path, desk))}
        return {}

    def _keys(self, path: str, desk: Desk) -> dict[str, Any]:
        if not path.endswith(("/make", "/rotate")):
            return {"sealed": sealed("share", desk.hands.key.recipient)}
        older = desk.private if path.endswith("/rotate") else None
        new, _private = new_key(self.district, desk.unit.pk, desk.hands, older=older)
        return {
            "recipient": new.recipient, "older_sealed": new.older_sealed,
            "boxes": {str(one): text for one, text in new.boxes.items()},
            "shares": {str(one): text for one, text in new.shares.items()},
        }  # fmt: skip

    def _colleague(self, desk: Desk) -> Hands:
        return self.second if desk.unit.code == "station_a" else desk.hands

    def _kept(self, role: str, relation: str) -> object:
        """Somebody wants a share: of whom this one keeps it, or of others."""
        who = self.officer(role)
        mine = set(RecoveryShare.objects.filter(holder_key__officer=who).values_list("desk_key"))
        for code, desk in self.desks.items():
            far = code == "station_c"
            if desk.recovery is None or (far != (relation == OTHER_DISTRICT) and relation != OWN):
                continue
            if ((desk.key.pk,) in mine) == (relation == OWN):
                return desk.recovery.pk
        return NOTHING

    def _personal(self, kind: str, role: str, relation: str) -> object:
        if kind == "question":
            return self._question(role, relation)
        account = {OWN: self.accounts.get(role, self.accounts["member"]),
                   OTHER_UNIT: self.stranger, OTHER_DISTRICT: self.far}[relation]  # fmt: skip
        rows: Any = Passkey.objects if kind == "passkey" else Session.objects
        return rows.filter(account=account).earliest("pk").pk

    def _question(self, role: str, relation: str) -> object:
        who = self.officer(role)
        if relation == OWN:
            return self.questions[who.pk if who else self.district.hamid.pk]
        asker = self.people["omar"] if relation == OTHER_DISTRICT else self.district.ehsan
        return self.questions[asker.pk]

    def _more_people(self) -> None:
        """A second district with a station, and persons who were at the first station's desk."""
        district, at = self.district, self.at
        far = _place("elsewhere", "Other District", "ضلع", None)
        self.mohalla_c = _place("mohalla_c", "Mohalla C", "محلہ", far)
        upper = Unit.objects.create(code="dpo_c", kind="dpo", district=far, name_en="Dpo C",
                                    name_ur="یونٹ", name_ps="یونټ")  # fmt: skip
        self.station_c = Unit.objects.create(
            code="station_c", kind="station", district=far, name_en="Station C", name_ur="یونٹ",
            name_ps="یونټ", reports_to=upper,
        )  # fmt: skip
        for name, unit, role in (
            ("omar", self.station_c, "head"), ("gone", district.station_a, "member"),
            ("away", district.station_a, "member"), ("named", district.station_a, "member"),
        ):  # fmt: skip
            self.people[name] = Officer.objects.create(
                belt=f"B-{name}", rank="asi", name_en=name.title(), name_ur=name, gender="man",
                languages=["ur"],
            )  # fmt: skip
            posting = post(officer=self.people[name], unit=unit, role=role, by="system",
                           at=at - timedelta(days=400))  # fmt: skip
            _always(posting, at)
        units.forget()
        self.second = hands(district, district.hamid)
        end_posting(posting=Posting.objects.get(officer=self.people["gone"]), by="system",
                    at=at - timedelta(days=1))  # fmt: skip
        start_leave(officer=self.people["away"], until=None, suspended=True, note="", by="system",
                    at=at - timedelta(days=1))  # fmt: skip
        units.forget()

    def _desk(self, unit: Unit, head: Officer, own: Hands) -> Desk:
        at = self.at
        upload = SimpleUploadedFile("p.pdf", b"%PDF-1.4\n" + unit.code.encode(), "application/pdf")
        file = reports.keep_attachment(upload=upload, at=at)
        wish = DOORS.get(unit.code, {"category": "street_light"})
        case, receipt = filed(self.district, text="told", attachments=(file.pk,), **wish)
        if unit.code in DOORS:
            assert case.unit_id == unit.pk, f"the front door leads elsewhere than {unit.code}"
        else:
            Recipient.objects.filter(case=case).update(unit=unit)
            Case.objects.filter(pk=case.pk).update(unit=unit, officer=None)
        claim = ReceiptClaim.objects.create(
            claim_lookup=identifiers.receipt_lookup(f"{unit.pk:020d}"), sought=seal.seal(case.reference),
            told=seal.seal("told"), contact=seal.seal(""), door="web", language="en", asked_at=at,
            opens_at=at + timedelta(hours=72), looked_at=at, report=case.report, unit=unit,
        )  # fmt: skip
        key, private = made(self.district, unit.pk, own)
        case = Case.objects.get(pk=case.pk)
        alarm = response.raise_alarm(case=case, door="web", at=at)
        return Desk(unit, head, case, receipt, file.pk, claim.pk, own, key, alarm.pk,
                    private)  # fmt: skip

    def _account(self, role: str) -> Account:
        officer = self.officer(role)
        account = Account.objects.create(
            name=f"role-{role.replace(' ', '-')}", officer=officer, administers=role == "keeper"
        )
        return self._belongings(account)

    def _belongings(self, account: Account) -> Account:
        Passkey.objects.create(
            account=account, credential=_credential(account), public_key=b"x", name="Phone",
            prf=True, transports=["internal"], made_at=self.at,
        )  # fmt: skip
        signed_in(Client(), account, at=self.at)
        return account

    def _questions(self) -> dict[int, UUID]:
        """Each officer has asked another body about a case of the desk."""
        found = {}
        for role in (*ROLES, "ehsan", "omar"):
            name, code = ROLES.get(role, ("", ""))
            officer = self.officer(role) if name else None
            if role == "ehsan":
                officer, code = self.district.ehsan, "station_b"
            if role == "omar":
                officer, code = self.people["omar"], "station_c"
            if officer is None:
                continue
            desk = self.desks[code]
            found[officer.pk] = Approval.objects.create(
                act=RECLASSIFY, room="casework", subject=desk.case.reference, sensitivity="C1",
                arguments={"category": "theft"}, reason="told", sealed=False, asked_by=officer,
                asked_for=desk.unit, asked_of=self._asked_of(code), asked_at=self.at,
                expires_at=self.at + timedelta(hours=72),
            ).pk  # fmt: skip
        return found

    def _asked_of(self, code: str) -> Unit:
        """Another body; what strangers ask is asked of each other."""
        return {"station_b": self.station_c, "station_c": self.district.station_b,
                "independent": self.district.dpo}.get(code, self.district.independent)  # fmt: skip


def _credential(account: Account) -> str:
    return urlsafe_b64encode(f"credential {account.pk}".encode()).decode().rstrip("=")
