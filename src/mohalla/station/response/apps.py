from django.apps import AppConfig


class ResponseConfig(AppConfig):
    name = "mohalla.station.response"
    label = "response"
