from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "mohalla.channels.notices"
    label = "notices"
