"""The only reader of the system clock; everything else takes the moment as an argument."""

from datetime import datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment, aware, in the one time zone of the law."""
    return datetime.now(SHANGHAI)
