"""Who did what, when: append-only, one row an act. Leaves for the public log come from here."""
