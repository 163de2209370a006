from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "mohalla.station.casework"
    label = "casework"
