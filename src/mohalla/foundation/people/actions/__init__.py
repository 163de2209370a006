from mohalla.foundation.people.actions.account import (
    AccountExists,
    PasswordWeak,
    close_account,
    make_account,
    new_code_secret,
    set_password,
)
from mohalla.foundation.people.actions.check_sign_in import check_sign_in

__all__ = [
    "AccountExists",
    "PasswordWeak",
    "check_sign_in",
    "close_account",
    "make_account",
    "new_code_secret",
    "set_password",
]
