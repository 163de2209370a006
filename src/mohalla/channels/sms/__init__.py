"""Text messages in and out: a port, the phone on the screen, and SMPP 3.4.

Nouns: *inbound* (what a phone sent us), *part* (a piece of a long one), *delivery* (what we owe a
phone), *delivery receipt* (what the carrier says became of it), *transport* (the way out).
Verbs: `actions.send`, `actions.receive`, `actions.handle`, `actions.deliver_due`.
Whoever answers messages stands above and is injected once: `handler.register(...)`.
"""
