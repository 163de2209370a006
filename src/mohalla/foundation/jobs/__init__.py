"""Work after the answer, and work by the clock."""
