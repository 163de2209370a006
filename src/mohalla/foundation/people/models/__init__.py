from mohalla.foundation.people.models.account import Account
from mohalla.foundation.people.models.officer import Officer, Relation
from mohalla.foundation.people.models.passkey import Challenge, Invitation, Passkey
from mohalla.foundation.people.models.session import Notice, Session

__all__ = [
    "Account",
    "Challenge",
    "Invitation",
    "Notice",
    "Officer",
    "Passkey",
    "Relation",
    "Session",
]
