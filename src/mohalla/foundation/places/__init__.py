"""Provinces down to mohallas, with names in three languages, dated, and hexagon cells."""
