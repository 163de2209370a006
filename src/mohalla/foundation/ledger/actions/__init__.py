from mohalla.foundation.ledger.actions.record import entry, record

__all__ = ["entry", "record"]
