"""What a person said, exactly as said, never edited; the receipt; the contact; the conversation."""
