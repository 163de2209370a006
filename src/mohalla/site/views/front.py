"""The public front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mohalla.channels.sms.setting import own_number


def front(request: HttpRequest) -> HttpResponse:
    """What Mohalla is, and the two things a resident comes for: report, and follow a report."""
    return render(request, "site/front.html", {"service_number": own_number()})
