from django.apps import AppConfig


class PushConfig(AppConfig):
    name = "mohalla.channels.push"
    label = "push"
