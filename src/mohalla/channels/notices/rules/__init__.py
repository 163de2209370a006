"""Pure: when a notice may go, how many at once, what a count may say."""
