from mohalla.channels.voice.models.recording import Recording

__all__ = ["Recording"]
