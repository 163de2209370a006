"""Short codes: a gateway asks for one screen after the other; nothing is kept here."""
