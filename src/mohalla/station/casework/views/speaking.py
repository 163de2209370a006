"""Speak with the reporter: contact and messages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from mohalla.foundation.seal import browser
from mohalla.station.casework import actions
from mohalla.station.casework.forms import ContactForm, MessageForm
from mohalla.station.casework.views.verbs import Answers, Doing, Verb, resource
from mohalla.station.casework.views.viewer import language
from mohalla.station.casework.wordings import WORDINGS, wording


def _log(doing: Doing, said: Answers) -> object:
    return actions.log_contact(
        case=doing.case,
        officer=doing.viewer.officer,
        way=said["way"],
        happened_at=said["happened_at"],
        reached=said["reached"] == "yes",
        note=said["note"],
        at=doing.at,
    )


def _write(doing: Doing, said: Answers) -> object:
    own, template = said["text"].strip(), said["template"]
    ready = wording(template, doing.case.report.language) if template else ""
    if ready and browser.is_sealed(own):  # two messages: nobody here can join them
        actions.reply(
            case=doing.case,
            officer=doing.viewer.officer,
            text=ready,
            template=template,
            at=doing.at,
        )
        ready = ""
    text = "\n\n".join(part for part in (ready, own) if part)
    return actions.reply(
        case=doing.case,
        officer=doing.viewer.officer,
        text=text,
        template="" if own else template,
        at=doing.at,
    )


def _wordings(doing: Doing) -> dict[str, object]:
    return {"wordings": [(name, wording(name, language())) for name in WORDINGS]}


contact = resource(
    Verb(
        title=gettext_lazy("Log a contact"),
        icon="phone",
        hint=gettext_lazy(
            "The person is asked whether it is so. Two honest tries by two ways protect you."
        ),
        done=gettext_lazy("The contact is in the file."),
        form=ContactForm,
        safety=True,
        fill=lambda doing: {"initial": {"happened_at": doing.at, "way": "call"}},
        act=_log,
    )
)
message = resource(
    Verb(
        title=gettext_lazy("Write to the reporter"),
        icon="sms",
        hint=gettext_lazy(
            "The words wait behind the receipt; the phone only hears that there is news."
        ),
        done=gettext_lazy("The message is on its way."),
        form=MessageForm,
        safety=True,
        fill=_wordings,
        act=_write,
    )
)
