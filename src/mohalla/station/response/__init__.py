"""Danger now: the alarm rings at a desk, climbs by the minute, and ends when she is safe.

Nouns: an alarm about a case, the rings at desks, the place of somebody who lets us see it. Verbs: raise,
see, go, arrive, send, hear that she is safe, end. False or frightened calls are never counted.
"""
