"""Pure rules of the front desk."""
