from mohalla.foundation.ledger.actions.cosign import cosign
from mohalla.foundation.ledger.actions.record import entry, record
from mohalla.foundation.ledger.actions.recover import recover
from mohalla.foundation.ledger.actions.sequence import DatabaseBehind, LogLost, sequence

__all__ = ["DatabaseBehind", "LogLost", "cosign", "entry", "record", "recover", "sequence"]
