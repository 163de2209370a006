"""Where every notice passes on its way out, whatever the door: to one person, and to an area.

Nouns: kind (what may hold a notice back), door, subscriber (a phone that asked for the messages of
an area), wish (asked on a page, not yet confirmed by the phone), broadcast (one text to all
subscribers of some areas) and its legs (one area and door, with a cursor).
Verbs: notify, wish, subscribe, unsubscribe, begin, stop, hand over a batch, retry, forget.
"""
