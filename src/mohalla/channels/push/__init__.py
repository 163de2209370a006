"""Neutral notices to browsers that asked for them: a port, the mailbox on the screen, and Web Push.

Nouns: *subscription* (the address that a browser made, sealed, and whose news it gets), *delivery* (what
we owe it), *transport* (the way out). Verbs: `actions.subscribe`, `actions.send`, `actions.deliver_due`.
A locked screen is read by whoever holds the phone: a delivery says that there is news, and nothing else.
"""
