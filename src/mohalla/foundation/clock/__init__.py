"""The application's time: real, or advanced in the demonstration."""
