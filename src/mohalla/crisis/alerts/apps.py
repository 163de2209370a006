from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "mohalla.crisis.alerts"
    label = "alerts"
