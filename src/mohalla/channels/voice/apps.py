from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "mohalla.channels.voice"
    label = "voice"
