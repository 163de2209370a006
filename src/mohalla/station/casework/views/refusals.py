"""Every named exception of the actions as a clear sentence at the right field."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from mohalla.foundation import files
from mohalla.foundation.approvals.actions import ApprovalRefused
from mohalla.foundation.catalogue import UnknownCategory
from mohalla.foundation.promises.actions import AlreadyEnded
from mohalla.foundation.reports.actions import AttachmentMissing, AttachmentRefused
from mohalla.station.casework import actions
from mohalla.station.casework.queries import CaseHidden
from mohalla.station.casework.rules import stages


class NotForThisDesk(Exception):
    """The act belongs to another desk."""


class CaseClosed(Exception):
    """A closed case takes notes and links only; the reporter reopens it."""


TWO_BODIES = gettext_lazy("No single person may do this: another body must agree.")

CAUGHT = (
    ApprovalRefused,
    actions.CustodyRefused, actions.FirMissing, actions.DecisionRefused, actions.CallBackRefused, actions.FollowUpRefused, actions.EmptyMessage, actions.InFuture, actions.MergeRefused,
    actions.NothingProposed, actions.NumberMissing, actions.OutcomeRefused, actions.ReasonMissing,
    actions.RerouteRefused, actions.WithdrawalRefused, stages.NoSuchStage, stages.ReasonMissing,
    AlreadyEnded, AttachmentMissing, AttachmentRefused, UnknownCategory, CaseHidden,
    NotForThisDesk,
    CaseClosed, files.Damaged,
)  # fmt: skip

# (exception, reason) -> (field or None, sentence)
_SAID: dict[tuple[type[Exception], str], tuple[str | None, object]] = {
    (actions.CustodyRefused, "who"): ("person", gettext_lazy("Write who took it, with office and rank.")),
    (actions.CustodyRefused, "to_whom"): ("to", gettext_lazy("Choose from the list.")),
    (actions.CustodyRefused, "ahead"): (
        "happened_at", gettext_lazy("This is still to come. Please look at the date."),
    ),
    (actions.CustodyRefused, "before"): (
        "happened_at", gettext_lazy("It cannot come back before it was handed over."),
    ),
    (actions.CustodyRefused, "file"): (None, gettext_lazy("This file does not belong to this case.")),
    (actions.CustodyRefused, "not_out"): (None, gettext_lazy("It is back already.")),
    (actions.DecisionRefused, "not_owed"): (None, gettext_lazy("This decision is not owed any more.")),
    (actions.DecisionRefused, "officer"): (
        "to_officer", gettext_lazy("Choose an officer of the desk who may see the matter."),
    ),
    (actions.DecisionRefused, "time"): ("due_at", gettext_lazy("Give a time that is still to come.")),
    (actions.DecisionRefused, "words"): ("reason", gettext_lazy("Write the reason; the file keeps it.")),
    (actions.EmptyMessage, ""): ("text", gettext_lazy("Write something, or choose a ready wording.")),
    (actions.FirMissing, ""): (
        None,
        gettext_lazy("There is no FIR yet. Record it first; until then write a message instead."),
    ),
    (actions.InFuture, ""): (
        "happened_at", gettext_lazy("A contact cannot be logged before it happened."),
    ),
    (actions.MergeRefused, ""): (
        "other",
        gettext_lazy("These cannot be merged: confidential matters never are. Link them instead."),
    ),
    (actions.NothingProposed, ""): (None, gettext_lazy("Nothing waits here for this decision.")),
    (actions.NumberMissing, ""): ("number", gettext_lazy("An entry needs its number.")),
    (actions.OutcomeRefused, "kind"): ("kind", gettext_lazy("This matter cannot end that way.")),
    (actions.OutcomeRefused, "words"): ("what_done", gettext_lazy("Write what was done.")),
    (actions.OutcomeRefused, "proof"): (
        "proof",
        gettext_lazy("Free words are not proof: add a photograph, or the number of a document, a signed"
             " note or a call record, with its time."),
    ),
    (actions.OutcomeRefused, "time"): ("taken_at", gettext_lazy("When was the proof made?")),
    (actions.OutcomeRefused, "reason"): ("reason", gettext_lazy("This outcome needs its reason.")),
    (actions.OutcomeRefused, "referral"): (
        "referred_to",
        gettext_lazy("Write the body, its reference number, and the day by which it answers."),
    ),
    (actions.OutcomeRefused, "same_again"): (
        "what_done", gettext_lazy("The reporter disputed exactly this. Propose it with something new."),
    ),
    (actions.OutcomeRefused, "waiting"): (
        None, gettext_lazy("A proposal waits for the reporter already; a second one would confuse."),
    ),
    (actions.OutcomeRefused, "same_person"): (
        None, gettext_lazy("The second signature is by somebody else than the proposer."),
    ),
    (actions.ReasonMissing, "law"): (
        "law", gettext_lazy("Name the act and section: without a law there is no refusal."),
    ),
    (actions.ReasonMissing, ""): (None, gettext_lazy("Write the reason: this goes to the person.")),
    (actions.RerouteRefused, "words"): ("reason", gettext_lazy("Write the reason; the next desk reads it.")),
    (actions.RerouteRefused, "excluded"): (None, gettext_lazy("This cannot go there.")),
    (actions.RerouteRefused, "back"): (
        "to_unit", gettext_lazy("It came from there. Only the head of your desk may send it back."),
    ),
    (actions.RerouteRefused, "nobody"): (
        None, gettext_lazy("Nobody there can take it now. Choose another desk, or ask your head."),
    ),
    (actions.RerouteRefused, "same"): ("to_unit", gettext_lazy("It is at this desk already.")),
    (ApprovalRefused, "words"): ("reason", gettext_lazy("Write the reason; the other body decides by it.")),
    (ApprovalRefused, "waiting"): (None, gettext_lazy("This was asked already and waits for its answer.")),
    (ApprovalRefused, "posted"): (None, gettext_lazy("This belongs to another desk.")),
    (ApprovalRefused, "desk"): (None, gettext_lazy("This belongs to another desk.")),
    (ApprovalRefused, "head"): (None, gettext_lazy("Only the head of the desk may agree.")),
    (ApprovalRefused, "barred"): (None, gettext_lazy("You may have no part in this matter.")),
    (ApprovalRefused, "related"): (None, gettext_lazy("You are related to who asked for it.")),
    (ApprovalRefused, "same_person"): (None, gettext_lazy("You asked for this yourself: somebody of another body must agree.")),
    (ApprovalRefused, "same_body"): (None, gettext_lazy("You and who asked have one commander: another body must agree.")),
    (ApprovalRefused, "inside"): (None, gettext_lazy("One of the two must be of a body outside the force.")),
    (ApprovalRefused, "behind"): (None, gettext_lazy("Who asked for it has no right to it any more. It must be asked anew.")),
    (ApprovalRefused, "done"): (None, gettext_lazy("This was answered and done already.")),
    (ApprovalRefused, "refused"): (None, gettext_lazy("The answer was no already. It must be asked anew.")),
    (ApprovalRefused, "expired"): (None, gettext_lazy("Nobody answered within three days. It must be asked anew.")),
    (ApprovalRefused, "changed"): (None, gettext_lazy("This is not what was asked for. Look at it again, and tell who keeps the log.")),
    (ApprovalRefused, "moved"): (None, gettext_lazy("The case is at another desk by now. It must be asked anew.")),
    (ApprovalRefused, "closed"): (None, gettext_lazy("This case is closed. Only the reporter, or who holds the receipt, reopens it.")),
    (ApprovalRefused, "nothing"): (None, gettext_lazy("Neither name nor number was given.")),
    (ApprovalRefused, "locks"): (None, gettext_lazy("Two certain desks hold the two locks of this name: only they can open it together.")),
    (ApprovalRefused, "peeled"): (None, gettext_lazy("The lock of your desk was not opened in your browser. Open your key first, then answer again.")),
    (ApprovalRefused, "open"): (None, gettext_lazy("Name and number of this matter are not sealed.")),
    (ApprovalRefused, "not_withdrawn"): (None, gettext_lazy("Only after the reporter withdrew, waited 72 hours and was called in private.")),
    (actions.WithdrawalRefused, "not_asked"): (None, gettext_lazy("Nobody asked to withdraw.")),
    (actions.WithdrawalRefused, "too_early"): (
        None, gettext_lazy("Not before 72 hours after the request: there must be time to think."),
    ),
    (actions.WithdrawalRefused, "same_desk"): (
        None, gettext_lazy("Not by the desk that has the case: somebody independent asks in private."),
    ),
    (actions.CallBackRefused, "none"): (None, gettext_lazy("No call-back is owed any more.")),
    (actions.CallBackRefused, "own"): (None, gettext_lazy("This belongs to another desk.")),
    (actions.FollowUpRefused, "none"): (None, gettext_lazy("Nothing is to be asked again.")),
    (actions.FollowUpRefused, "own"): (None, gettext_lazy("This belongs to another desk.")),
    (stages.NoSuchStage, ""): ("to", gettext_lazy("This matter has no such stage.")),
    (stages.ReasonMissing, ""): ("why", gettext_lazy("A step backwards needs its reason.")),
    (AlreadyEnded, ""): (None, gettext_lazy("Somebody was faster: this has its end already.")),
    (AttachmentMissing, ""): ("photo", gettext_lazy("The file is not there any more. Add it again.")),
    (AttachmentRefused, "empty"): ("photo", gettext_lazy("The file is empty. Take it again.")),
    (AttachmentRefused, "too_large"): ("photo", gettext_lazy("The file is too large: at most 15 MB.")),
    (AttachmentRefused, "type"): (
        "photo", gettext_lazy("We cannot take this kind of file. A photograph, a PDF or a recording."),
    ),
    (UnknownCategory, ""): ("category", gettext_lazy("Choose from the list.")),
    (CaseHidden, ""): ("other", gettext_lazy("Your desks have no case with this reference.")),
    (CaseClosed, ""): (
        None, gettext_lazy("This case is closed. Only the reporter, or who holds the receipt, reopens it."),
    ),
    (NotForThisDesk, ""): (None, gettext_lazy("This belongs to another desk.")),
    (files.Damaged, ""): (
        None, gettext_lazy("This file is NOT what came in. That is written down; tell your head."),
    ),
}  # fmt: skip


def place(form: forms.Form, refusal: Exception) -> None:
    """Say it at the field it is about, else on top of the form."""
    reason = getattr(refusal, "reason", "")
    kind = type(refusal)
    field, sentence = _SAID.get((kind, reason)) or _SAID.get((kind, "")) or (None, str(refusal))
    form.add_error(field if field in form.fields else None, str(sentence))
