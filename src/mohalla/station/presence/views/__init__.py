"""Cards for everybody; postings, rosters and leave for those who keep them."""
