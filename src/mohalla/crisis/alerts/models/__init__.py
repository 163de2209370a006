"""What staff tell an area."""

from mohalla.crisis.alerts.models.alert import Alert, Kind

__all__ = ["Alert", "Kind"]
