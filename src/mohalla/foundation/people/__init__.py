"""Officers and the accounts of staff. Residents never need one."""
