"""Stations, desks and commands; who is posted where, who is on duty, who may never receive."""
