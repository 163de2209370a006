"""Pure rules of time: due times, reminders, working days."""
