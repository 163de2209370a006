from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "mohalla.foundation.units"
    label = "units"
