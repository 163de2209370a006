"""Flood limits."""
