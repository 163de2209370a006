from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "mohalla.foundation.people"
    label = "people"
