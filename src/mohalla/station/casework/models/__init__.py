from mohalla.station.casework.models.case import Case, CaseLink, Recipient, StageMove
from mohalla.station.casework.models.contact import ContactAttempt
from mohalla.station.casework.models.custody import Custody
from mohalla.station.casework.models.outcome import Outcome, Proof
from mohalla.station.casework.models.record import Note, Record

__all__ = [
    "Case",
    "CaseLink",
    "ContactAttempt",
    "Custody",
    "Note",
    "Outcome",
    "Proof",
    "Recipient",
    "Record",
    "StageMove",
]
