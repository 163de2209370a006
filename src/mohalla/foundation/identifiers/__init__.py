"""Keys, references and receipts."""
