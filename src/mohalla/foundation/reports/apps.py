from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "mohalla.foundation.reports"
    label = "reports"
