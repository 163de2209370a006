from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "mohalla.foundation.jobs"
    label = "jobs"
