"""Cases: stages, owners, contact, FIR and diary, outcomes, verdicts, and who may open them."""
