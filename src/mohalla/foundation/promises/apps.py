from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "mohalla.foundation.promises"
    label = "promises"
