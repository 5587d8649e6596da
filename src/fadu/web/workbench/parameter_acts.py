"""The acts by which administrators settle the house's own parameters and the targets of a year, and these in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fadu.kernel import access, parameters, settling
from fadu.kernel.access import Session
from fadu.rules.indicators import Rate
from fadu.rules.law import UNIT_WORDS, Unit
from fadu.web.workbench.house_form import BOUND_WORDS, LATE_WORDS, Box, Done, HouseAct

FROM_TODAY = "已登记，今天起适用。"


def _lights(s: Session, given: Mapping[str, Any]) -> Done:
    settling.settle_lights(s, given["yellow"], given["red"], Unit(given["unit"]))
    return Done(FROM_TODAY)


def _counter(s: Session, given: Mapping[str, Any]) -> Done:
    settling.settle_counter(s, given["closing"], given["late"])
    return Done(FROM_TODAY)


def _unserved(s: Session, given: Mapping[str, Any]) -> Done:
    settling.settle_unserved(s, given["days"])
    return Done(FROM_TODAY)


def _uploads(s: Session, given: Mapping[str, Any]) -> Done:
    settling.settle_uploads(s, given["days"])
    return Done(FROM_TODAY)


def _aim(s: Session, given: Mapping[str, Any]) -> Done:
    settling.aim(s, given["indicator"], given["first"], given["bound"], given["amount"])
    return Done(f"已登记，自{given['first']}年起列入统计报表。")


def _no_aim(s: Session, given: Mapping[str, Any]) -> Done:
    settling.no_aim(s, given["aimed"], given["first"])
    return Done(f"已登记，自{given['first']}年起没有这个目标。")


ACTS = (
    HouseAct(
        "settle_lights",
        "预警灯",
        "期限剩余几日起亮黄灯、红灯。只是提醒，不改变期限；到期以后总是红灯。",
        (
            Box("yellow", "剩余几日起亮黄灯", "number"),
            Box("red", "剩余几日起亮红灯", "number", hint="不多于黄灯；填0为到期当日起"),
            Box("unit", "单位", "unit"),
        ),
        _lights,
    ),
    HouseAct(
        "settle_counter",
        "窗口下班时间",
        "当面提交的，下班以后算哪一天收到。法律只说“提交之日”的，没有本地规则就算当日；以前收到的不变。",
        (Box("closing", "下班时间", hint="例如 17:30"), Box("late", "下班以后提交的", "late")),
        _counter,
    ),
    HouseAct(
        "settle_unserved",
        "送达提醒",
        "文书作出以后几个工作日仍未送达的，完整性检查予以列出。法律另定送达期限的从其规定。",
        (Box("days", "几个工作日", "number"),),
        _unserved,
    ),
    HouseAct(
        "settle_uploads",
        "没有用上的文件",
        "上传以后没有写入案卷、名录，也不在任何草稿中的文件，几日后从磁盘上删除。案卷中的文件不受影响。",
        (Box("days", "几日", "number"),),
        _uploads,
    ),
    HouseAct(
        "aim",
        "年度目标",
        "一项统计数字在一年里应当达到什么，统计报表列出是否达到。率填百分数，例如 80。",
        (
            Box("indicator", "指标", "indicator"),
            Box("first", "自哪一年起", "number"),
            Box("bound", "目标", "bound"),
            Box("amount", "数值", "number", required=False, hint="“低于上年”的不填"),
        ),
        _aim,
    ),
    HouseAct(
        "no_aim",
        "取消年度目标",
        "以前年度的报表不变。",
        (Box("aimed", "指标", "aimed"), Box("first", "自哪一年起", "number")),
        _no_aim,
    ),
)


# ---------------------------------------------------------------- in words


def settled(s: Session) -> Iterator[tuple[str, str, Any]]:
    """Name and words of each parameter, and the day from which the house has settled it; None: as it came."""
    for name, label, words in (
        (parameters.LIGHTS, "预警灯", _lights_in_words),
        (parameters.COUNTER, "窗口下班时间", _counter_in_words),
        (parameters.UNSERVED, "送达提醒", _unserved_in_words),
        (parameters.UPLOADS, "没有用上的文件", _uploads_in_words),
    ):
        own = access.register(s, parameters.REGISTER, s.today, key=name).first()
        yield label, words(own.data if own else parameters.shipped(name)), own.since if own else None


def _lights_in_words(said: Mapping[str, Any]) -> str:
    unit = UNIT_WORDS[Unit(said["unit"])]
    return f"剩余{said['yellow']}{unit}亮黄灯，{said['red']}{unit}亮红灯"


def _counter_in_words(said: Mapping[str, Any]) -> str:
    return f"{said['closing']}下班，以后提交的{LATE_WORDS[said['late']]}"


def _unserved_in_words(said: Mapping[str, Any]) -> str:
    return f"{said['unserved_after']}个工作日仍未送达的列出"


def _uploads_in_words(said: Mapping[str, Any]) -> str:
    return f"{said['unused_after']}日后删除"


def aims(s: Session) -> Iterator[tuple[str, str, int]]:
    """Label, target and first year of each target in force or to come."""
    for entry in access.entries(s, settling.TARGETS).filter(before=None).order_by("key"):
        (bound, amount), *_ = entry.data.items()
        wanted = s.registry.indicator(entry.key)
        percent = "%" if isinstance(wanted, Rate) else ""
        said = BOUND_WORDS[bound] + ("" if amount is True else f"{amount}{percent}")
        yield wanted.label, said, entry.since.year
