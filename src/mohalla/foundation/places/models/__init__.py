from mohalla.foundation.places.models.place import Place

__all__ = ["Place"]
