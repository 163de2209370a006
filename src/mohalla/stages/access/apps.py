from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "mohalla.stages.access"
    label = "access"
