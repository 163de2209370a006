"""Alerts: what staff tell an area, and the page where anybody asks for it or reads what is current.

Nouns: alert (three languages, areas, an end). Verbs: write, send, stop. How it reaches the phones is
`channels/notices`.
"""
