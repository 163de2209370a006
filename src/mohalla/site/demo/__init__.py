"""The demonstration: an invented district in an invented province, its cast, a month of history.

Nothing here is real: no place, no person, no number. It lies, on purpose, in the open sea.
"""
