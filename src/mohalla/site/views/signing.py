"""Sign in with name, password and code; sign out."""

from __future__ import annotations

from django import forms
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from mohalla.foundation import clock, limiter
from mohalla.foundation.people import actions as people
from mohalla.foundation.text import ascii_digits
from mohalla.site.views.errors import limit

BACKEND = "django.contrib.auth.backends.ModelBackend"


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
    back = request.POST.get("next") or request.GET.get("next") or reverse("desk:queue")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("desk:queue")
    form = SignIn(request.POST or None)
    if request.method == "POST":
        wait = limiter.wait(request, what="sign_in")
        if wait:
            return limit(request, retry_after=wait)
        if form.is_valid():
            account = people.check_sign_in(at=clock.now(), **form.cleaned_data)
            if account is not None:
                login(request, account, backend=BACKEND)
                return HttpResponseRedirect(back)
            form.add_error(
                None,
                _(
                    "Name, password or code is not right. After five tries wait a quarter of an hour."
                ),
            )
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "next": back}
    return render(request, "site/sign_in.html", context, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session here."""
    logout(request)
    return HttpResponseRedirect(reverse("sign-in"))
