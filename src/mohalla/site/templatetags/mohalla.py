"""Template tags that every page may use (built in)."""

from django import template

register = template.Library()
