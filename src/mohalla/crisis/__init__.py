"""When something happens to many at once: alerts to areas."""
