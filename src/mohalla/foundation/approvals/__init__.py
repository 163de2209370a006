"""Acts that no single person may do: one person asks, another of another body agrees, once, in time.

The rooms above say which acts there are and what is done when two bodies agreed (`acts.register`).
"""
