"""Categories, clocks, outcomes, messages, lawful doors: data that a province can change."""
