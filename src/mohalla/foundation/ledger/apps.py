from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "mohalla.foundation.ledger"
    label = "ledger"
