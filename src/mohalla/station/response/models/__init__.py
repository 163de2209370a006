from mohalla.station.response.models.alarm import Alarm, Ring
from mohalla.station.response.models.child_search import ChildSearch
from mohalla.station.response.models.live_place import LivePlace

__all__ = ["Alarm", "ChildSearch", "LivePlace", "Ring"]
