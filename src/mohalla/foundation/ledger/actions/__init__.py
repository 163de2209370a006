from mohalla.foundation.ledger.actions.cosign import cosign
from mohalla.foundation.ledger.actions.record import entry, record
from mohalla.foundation.ledger.actions.recover import recover
from mohalla.foundation.ledger.actions.rotate import NoLog, rotate
from mohalla.foundation.ledger.actions.sequence import DatabaseBehind, LogLost, sequence

__all__ = [
    "DatabaseBehind",
    "LogLost",
    "NoLog",
    "cosign",
    "entry",
    "record",
    "recover",
    "rotate",
    "sequence",
]
