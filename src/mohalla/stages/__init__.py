"""The five stages of the policy brief, one room each."""
