from django.apps import AppConfig


class PresenceConfig(AppConfig):
    name = "mohalla.station.presence"
    label = "presence"
