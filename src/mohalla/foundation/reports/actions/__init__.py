from mohalla.foundation.reports.actions.attach import (
    AttachmentRefused,
    keep_attachment,
)
from mohalla.foundation.reports.actions.contact import (
    add_contact,
    prepared_contact,
    remove_contacts,
)
from mohalla.foundation.reports.actions.copy import make_copy
from mohalla.foundation.reports.actions.destroy import destroy, drop_bytes
from mohalla.foundation.reports.actions.forget import drop_keys, drop_unclaimed
from mohalla.foundation.reports.actions.index import index_words
from mohalla.foundation.reports.actions.key import add_key, drop_peeled, keep_peeled
from mohalla.foundation.reports.actions.once import is_first
from mohalla.foundation.reports.actions.renew import RenewedMeanwhile, renew_receipt
from mohalla.foundation.reports.actions.store import (
    AttachmentMissing,
    claim_attachments,
    prepared_report,
    prepared_seal,
)
from mohalla.foundation.reports.actions.write import write_message

__all__ = [
    "AttachmentMissing",
    "AttachmentRefused",
    "RenewedMeanwhile",
    "add_contact",
    "add_key",
    "claim_attachments",
    "destroy",
    "drop_bytes",
    "drop_keys",
    "drop_peeled",
    "drop_unclaimed",
    "index_words",
    "is_first",
    "keep_attachment",
    "keep_peeled",
    "make_copy",
    "prepared_contact",
    "prepared_report",
    "prepared_seal",
    "remove_contacts",
    "renew_receipt",
    "write_message",
]
