from django.apps import AppConfig


class SmsConfig(AppConfig):
    name = "mohalla.channels.sms"
    label = "sms"
