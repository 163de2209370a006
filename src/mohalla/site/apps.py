from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "mohalla.site"
    label = "site"

    def ready(self) -> None:
        from mohalla.site import wiring

        wiring.connect()
