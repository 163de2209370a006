"""`/desk/people/accounts/`: who may sign in; the secret of the codes is shown once."""

from __future__ import annotations

from typing import Any

import pyotp
import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from mohalla.foundation import clock
from mohalla.foundation.people import actions
from mohalla.foundation.people import queries as people
from mohalla.foundation.people.models import Account, Officer
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import names
from mohalla.station.casework.views.viewer import desk, language
from mohalla.station.presence.forms import AccountForm, PasswordForm, PeopleForm
from mohalla.station.presence.views.people import by_of, keeps


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@desk
def accounts(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The list, a new account, a new password with new codes."""
    if not keeps(request):
        raise Http404
    known = people.accounts()
    make, renew = _forms(request, known)
    context: dict[str, Any] = {"make": make, "renew": renew, "accounts": known, "room": "people"}
    if request.method == "POST":
        bound = make if make.is_bound else renew
        if bound.is_valid():
            try:
                context |= _act(request, bound)
            except actions.AccountExists:
                bound.add_error("name", _("The name is taken, or the officer has an account."))
            except actions.PasswordWeak as weak:
                bound.add_error("password", " ".join(weak.sentences))
        context["accounts"] = people.accounts()
    status = 422 if request.method == "POST" and "secret" not in context else 200
    return render(request, "presence/accounts.html", context, status=status)


def _forms(request: HttpRequest, known: list[Account]) -> tuple[PeopleForm, PeopleForm]:
    directory = units.directory()
    have = {row.officer_id for row in known}
    without = [
        (str(row.pk), names.officer(directory, row.pk, language()))
        for row in people.officers()
        if row.pk not in have
    ]
    do, at = request.POST.get("do", ""), clock.now()
    return (
        AccountForm(
            request.POST if do == "make" else None,
            at=at, choices={"officer": without}, auto_id="make_%s",
        ),
        PasswordForm(
            request.POST if do == "renew" else None,
            at=at, choices={"account": [(str(row.pk), row.name) for row in known]},
            auto_id="renew_%s",
        ),
    )  # fmt: skip


def _act(request: HttpRequest, form: PeopleForm) -> dict[str, Any]:
    said, by, at = form.cleaned_data, by_of(request), clock.now()
    if isinstance(form, AccountForm):
        account, secret = actions.make_account(
            name=said["name"], password=said["password"], administers=said["administers"],
            officer=Officer.objects.get(pk=said["officer"]), by=by, at=at,
        )  # fmt: skip
    else:
        account = Account.objects.get(pk=said["account"])
        actions.set_password(account=account, password=said["password"], by=by, at=at)
        secret = actions.new_code_secret(account=account, by=by, at=at)
    uri = pyotp.TOTP(secret).provisioning_uri(name=account.name, issuer_name="Mohalla")
    qr = segno.make(uri, micro=False).svg_inline(omitsize=True, svgclass="qr", border=2)
    return {"secret": secret, "made": account, "qr": qr}
