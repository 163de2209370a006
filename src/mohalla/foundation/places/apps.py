from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "mohalla.foundation.places"
    label = "places"
