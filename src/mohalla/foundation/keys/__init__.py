"""Whose keys open what is sealed in the browser: of officers, and of desks across transfers.

The server keeps public halves and sealed boxes only; every private half is made, opened, given on
and put together in the browser of somebody who may. Nouns: officer key, its boxes; desk key, its
boxes, its shares; a recovery. Verbs: make, give, rotate, revoke, end, ask, open a share, recover.
"""
