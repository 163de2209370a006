from mohalla.foundation.promises.models.promise import OwnerChange, Promise, Step

__all__ = ["OwnerChange", "Promise", "Step"]
