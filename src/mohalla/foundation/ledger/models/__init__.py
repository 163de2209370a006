from mohalla.foundation.ledger.models.entry import Entry

__all__ = ["Entry"]
