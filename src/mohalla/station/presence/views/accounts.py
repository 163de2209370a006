"""`/desk/people/accounts/`: who may sign in, and how; secrets are shown once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pyotp
import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from mohalla.foundation import clock
from mohalla.foundation.people import actions, answer
from mohalla.foundation.people import queries as people
from mohalla.foundation.people.models import Account, Officer
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import names
from mohalla.station.casework.views.viewer import ask_for_proof, desk, language
from mohalla.station.presence.forms import AccountForm, OneAccount, PasswordForm, PeopleForm
from mohalla.station.presence.views.me import remove
from mohalla.station.presence.views.people import by_of, keeps

LATELY = timedelta(days=90)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@desk
def accounts(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The list; a new account, a new password with new codes, an invitation, an end."""
    if not keeps(request):
        raise Http404
    ask_for_proof(request)
    known = people.accounts()
    made = _forms(request, known)
    context: dict[str, Any] = {**made, "room": "people", **answer.place(request)}
    if request.method == "POST":
        bound = next((form for form in made.values() if form.is_bound), made["make"])
        if bound.is_valid():
            try:
                context |= _act(request, bound)
            except actions.AccountExists:
                bound.add_error("name", _("The name is taken, or the officer has an account."))
            except actions.PasswordWeak as weak:
                bound.add_error("password", " ".join(weak.sentences))
    held = people.passkeys_of_all()
    context["accounts"] = [(row, held.get(row.pk, [])) for row in people.accounts()]
    context["grave"] = people.grave_notices(since=clock.now() - LATELY)
    status = 422 if request.method == "POST" and "made" not in context else 200
    return render(request, "presence/accounts.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def removal(request: HttpRequest, viewer: Viewer, key: UUID) -> HttpResponse:
    """The lost passkey of an officer; the officer is told."""
    if not keeps(request):
        raise Http404
    held = [row for rows in people.passkeys_of_all().values() for row in rows]
    return remove(request, held, key, back=reverse("people:accounts"))


def _forms(request: HttpRequest, known: list[Account]) -> dict[str, PeopleForm]:
    directory = units.directory()
    have = {row.officer_id for row in known}
    without = [
        (str(row.pk), names.officer(directory, row.pk, language()))
        for row in people.officers()
        if row.pk not in have
    ]
    do, at = request.POST.get("do", ""), clock.now()
    open_ones = [(str(row.pk), row.name) for row in known if row.is_active]
    choices = {"officer": without, "account": open_ones}
    kinds = {"make": AccountForm, "renew": PasswordForm, "invite": OneAccount, "close": OneAccount}
    return {
        name: kind(
            request.POST if do == name else None, at=at, choices=choices, auto_id=f"{name}_%s"
        )
        for name, kind in kinds.items()
    }


def _act(request: HttpRequest, form: PeopleForm) -> dict[str, Any]:
    """What the page shows afterwards, once."""
    said, by, at = form.cleaned_data, by_of(request), clock.now()
    if isinstance(form, AccountForm):
        account, secret = actions.make_account(
            name=said["name"], password=said["password"], administers=said["administers"],
            officer=Officer.objects.get(pk=said["officer"]), by=by, at=at,
        )  # fmt: skip
        return _codes(account, secret) if secret else _invited(request, account)
    account = Account.objects.get(pk=said["account"])
    if isinstance(form, PasswordForm):
        actions.set_password(account=account, password=said["password"], by=by, at=at)
        return _codes(account, actions.new_code_secret(account=account, by=by, at=at))
    if request.POST["do"] == "invite":
        return _invited(request, account)
    actions.close_account(account=account, by=by, at=at)
    return {"made": account, "closed": True}


def _codes(account: Account, secret: str) -> dict[str, Any]:
    uri = pyotp.TOTP(secret).provisioning_uri(name=account.name, issuer_name="Mohalla")
    return {"secret": secret, "made": account, "qr": _qr(uri)}


def _invited(request: HttpRequest, account: Account) -> dict[str, Any]:
    """The digits stand in the fragment of the address, which no browser sends."""
    digits = actions.invite(account=account, by=by_of(request), at=clock.now())
    door = f"{settings.ORIGIN}{reverse('invitation')}"
    return {"digits": digits, "made": account, "door": door, "qr": _qr(f"{door}#{digits}")}


def _qr(text: str) -> str:
    drawn: str = segno.make(text, micro=False).svg_inline(
        omitsize=True, svgclass="qr", lineclass=None, border=2
    )
    return drawn
