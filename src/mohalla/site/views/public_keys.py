"""`/keys/`: to which keys reports are sealed, for anybody who wants to compare."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mohalla.foundation.keys import queries as keys
from mohalla.foundation.ledger import queries as ledger
from mohalla.foundation.units import queries as units
from mohalla.station.casework import names
from mohalla.station.casework.views.viewer import language


@require_safe
def public_keys(request: HttpRequest) -> HttpResponse:
    """Desks and their keys in force, each with the place of its making in the register."""
    directory, said = units.directory(), language()
    rows = [(names.unit(directory, row.key.unit, said), row) for row in keys.published()]
    return render(request, "site/public_keys.html", {"rows": rows})


@require_safe
def proof(request: HttpRequest, key: UUID) -> HttpResponse:
    """That the making stands in the register (c2sp.org/tlog-proof); the entry itself as `extra`."""
    made = keys.making_of(key)
    found = ledger.proof_of(made) if made is not None else None
    if found is None:
        raise Http404
    response = HttpResponse(str(found), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{key}.tlog-proof"'
    return response
