from mohalla.foundation.places.actions.load import Loaded, load

__all__ = ["Loaded", "load"]
