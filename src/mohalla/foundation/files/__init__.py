"""Uploaded originals, byte for byte, by their hash."""
