"""Whatever an action refuses is said in a sentence, at a field that its form has."""

from __future__ import annotations

import pytest
from django import forms

from mohalla.station.casework.views import refusals


class Empty(forms.Form):
    """No field at all: the sentence stands on top."""


@pytest.mark.parametrize("kind", refusals.CAUGHT, ids=lambda kind: kind.__name__)
def test_every_named_exception_has_a_sentence(kind: type[Exception]) -> None:
    reasons = [reason for known, reason in refusals._SAID if known is kind]
    assert reasons
    for reason in reasons:
        refusal = kind(reason)
        form = Empty({})
        assert form.is_valid()
        refusals.place(form, refusal)
        sentence = form.non_field_errors()[0]
        assert len(sentence) > 10
        assert sentence != reason
