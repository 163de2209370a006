from mohalla.foundation.ledger.actions.record import entry, record
from mohalla.foundation.ledger.actions.sequence import DatabaseBehind, LogLost, sequence

__all__ = ["DatabaseBehind", "LogLost", "entry", "record", "sequence"]
