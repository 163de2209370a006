from mohalla.crisis.alerts.actions.send import AlertRefused, send
from mohalla.crisis.alerts.actions.stop import stop
from mohalla.crisis.alerts.actions.write import write

__all__ = ["AlertRefused", "send", "stop", "write"]
