"""Decisions about text messages: values in, values out."""
