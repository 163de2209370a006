"""Letters, digits, languages and places as people really type them."""
