"""Pure: who may send an alert, and what its words may not be."""
