from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "mohalla.foundation.approvals"
    label = "approvals"
