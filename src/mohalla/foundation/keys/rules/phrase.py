"""The phrase of the demonstration, shown to everybody: real ones are made by browsers."""

SHOWN = "1234 5678 9012 3456 7890"
