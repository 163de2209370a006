from mohalla.station.casework.actions.open_case import prepared_case

__all__ = ["prepared_case"]
