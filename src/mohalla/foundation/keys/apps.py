from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "mohalla.foundation.keys"
    label = "keys"
