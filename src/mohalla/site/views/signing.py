"""Sign in with a passkey, or with name, password and code; sign out."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from mohalla.foundation import clock, limiter
from mohalla.foundation.people import actions as people
from mohalla.foundation.people import answer, ceremony, door
from mohalla.foundation.people.models import Account, Passkey, Session
from mohalla.foundation.text import ascii_digits
from mohalla.site.views.errors import limit
from mohalla.site.views.greeting import greet
from mohalla.site.views.reading import WIPED

WHY = {
    "idle": gettext_lazy("You were signed out because nothing was done for a while."),
    "most": gettext_lazy("You were signed out because the session was long enough. Sign in again."),
    "ended": gettext_lazy("This session was ended. Sign in again."),
}


class SignIn(forms.Form):
    """Name, password, code."""

    use_required_attribute = False
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        error_messages={"required": gettext_lazy("This is needed.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "dir": "auto", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=200,
        strip=False,
        error_messages={"required": gettext_lazy("This is needed.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "dir": "ltr"}),
    )
    code = forms.CharField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("The six digits that your app shows now."),
        max_length=12,
        error_messages={"required": gettext_lazy("This is needed.")},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr"}
        ),
    )

    def clean_code(self) -> str:
        """Digits of any script, spaces allowed."""
        return ascii_digits(self.cleaned_data["code"]).replace(" ", "")


@sensitive_post_parameters()
def sign_in(request: HttpRequest) -> HttpResponse:
    """One answer for everything that is wrong. Then on to `next`, or the desk."""
    by_passkey = "answer" in request.POST
    form = SignIn(None if by_passkey else request.POST or None)
    wrong = ""
    if request.method == "POST" and by_passkey:
        account, passkey = _shown(request)
        if account is not None:
            return _in(request, account, Session.Means.PASSKEY, passkey)
        wrong = _("This passkey does not open anything here. Try again, or sign in by code.")
    elif request.method == "POST":
        wait = limiter.wait(request, what="sign_in") or limiter.due(request, what="sign_in_refused")
        if wait:
            return limit(request, retry_after=wait)
        if form.is_valid():
            account = people.check_sign_in(at=clock.now(), **form.cleaned_data)
            if account is not None:
                return _in(request, account, Session.Means.PASSWORD, None)
            limiter.wait(request, what="sign_in_refused")
            form.add_error(
                None,
                _(
                    "Name, password or code is not right. After five tries they wait, longer each time; a passkey always works."
                ),
            )
    context = {"form": form, "next": _back(request), "wrong": wrong, **answer.place(request),
               "why": WHY.get(request.GET.get("why", ""), "")}  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "site/sign_in.html", context, status=status)


@require_POST
def question(request: HttpRequest) -> HttpResponse:
    """What the browser asks a passkey for; anybody may ask, nobody is named."""
    wait = limiter.wait(request, what="passkey")
    if wait:
        return limit(request, retry_after=wait)
    if not ceremony.possible():
        return JsonResponse({}, status=404)
    browser = door.browser_key(request)
    return JsonResponse(
        people.ask_to_show(purpose="sign-in", browser=browser, account=None, at=clock.now())
    )


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session here, and wipes what the desk left in this browser."""
    door.leave(request, why="signed out")
    response = HttpResponseRedirect(reverse("sign-in"))
    response.headers["Clear-Site-Data"] = WIPED
    return response


def _shown(request: HttpRequest) -> tuple[Account | None, Passkey | None]:
    try:
        passkey = people.show_passkey(
            purpose="sign-in", browser=door.browser_key(request), account=None,
            answer=answer.read(request), at=clock.now(),
        )  # fmt: skip
    except ceremony.NotAccepted:
        return None, None
    return passkey.account, passkey


def _in(
    request: HttpRequest, account: Account, means: str, passkey: Passkey | None
) -> HttpResponse:
    back = _back(request)
    refused = door.enter(request, account, means=means, passkey=passkey)
    greet(request, account, refused=refused)
    return HttpResponseRedirect(back)


def _back(request: HttpRequest) -> str:
    """Where to go afterwards: an address of ours."""
    back = request.POST.get("next") or request.GET.get("next") or reverse("desk:queue")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if safe else reverse("desk:queue")
