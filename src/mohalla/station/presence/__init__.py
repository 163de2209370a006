"""Who is my officer: cards, rosters and leave, transfers and what is handed over."""
