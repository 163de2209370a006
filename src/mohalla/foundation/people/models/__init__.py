from mohalla.foundation.people.models.account import Account
from mohalla.foundation.people.models.officer import Officer, Relation

__all__ = ["Account", "Officer", "Relation"]
