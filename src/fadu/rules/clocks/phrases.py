"""The Chinese sentences of an explanation: days, spans, pauses, the last day and whether it moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from fadu.rules.clocks.inputs import Cut, Pause, Running
from fadu.rules.clocks.lines import Line
from fadu.rules.clocks.periods import is_in
from fadu.rules.days import chinese_day
from fadu.rules.law_terms import UNIT_WORDS, Kind, PauseKind, Roll, Unit
from fadu.rules.working_days import Calendar


def minute(moment: datetime) -> str:
    return f"{chinese_day(moment.date())}{moment.hour}时{moment.minute:02}分"


def span(first: date, last: date) -> str:
    """2023年10月7日—10月11日; one day alone without a dash."""
    if first == last:
        return chinese_day(first)
    end = chinese_day(last) if last.year != first.year else f"{last.month}月{last.day}日"
    return f"{chinese_day(first)}—{end}"


def without_weekday(reason: str) -> str:
    """The reason of a day off without its weekday: what a whole weekend has in common."""
    return reason.removeprefix("周六").removeprefix("周日")


def reasons_in_one(reasons: Iterable[str]) -> str:
    """周六、周日: the reasons of neighbouring days, what they have in common said once."""
    distinct = list(dict.fromkeys(reasons))
    common = without_weekday(distinct[0])
    return "、".join(reason.removesuffix(common) for reason in distinct[:-1]) + (
        f"{'、' if distinct[1:] else ''}{distinct[-1]}"
    )


def pause_words(pauses: Sequence[Pause]) -> tuple[str, str | None]:
    """Why a day is excluded, and the articles; several pauses at once are all named."""
    words = {PauseKind.STAYS: "中止", PauseKind.EXCLUDED: "扣除", PauseKind.RESTARTS: "重新计算"}
    why = "；".join(dict.fromkeys(f"{words[pause.kind]}（{pause.why}）" for pause in pauses))
    return why, "；".join(dict.fromkeys(pause.article for pause in pauses if pause.article)) or None


def start_text(line: Line, running: Running, first: bool) -> str:
    """From what day a run counts, and that this day does not count."""
    day = chinese_day(line.start)
    if not first:
        return f"{day}起重新计算，该日不计入。"
    if line.legs[0].unit is Unit.HOUR:
        hour = "" if running.against_authority else "，开始的这一小时不计入"
        return f"{minute(running.moment)}，{running.started_by}，自此时起按小时计算{hour}。"
    return f"{day}，{running.started_by}，开始之日不计入。"


def period_text(running: Running) -> str:
    """How long the period is, and whether the law or the paper says so."""
    if running.by_calendar_date:
        return f"期限：{running.rule.in_words}前。"
    amount, unit = running.length
    by_paper = running.amount is not None or running.rule.kind is Kind.BY_PAPER
    by = "文书确定的期限" if by_paper else "法定期限"
    return f"{by}：{amount}{UNIT_WORDS[unit]}（{running.rule.period}）。"


def cut_text(cut: Cut, running: Running) -> str:
    """That a minimum wait was made shorter, or need not be waited for any more."""
    if cut.before:
        return f"{chinese_day(cut.on)}缩短为{running.rule.in_words}（原为{cut.before}）：{cut.why}。"
    return f"{chinese_day(cut.on)}{cut.why}，自该日起不必再等待期满。"


def last_day_text(line: Line, last: date, running: Running, calendar: Calendar) -> str:
    """The last day, whether it moved, and why or why not."""
    leg = line.legs[-1]
    if leg.moment is not None:
        return f"期限至{minute(leg.moment)}届满；按小时计算的期限不因休息日顺延。"
    why = calendar.why(last) + ("，恢复之日" if is_in(last, line.gaps) else "")
    text = f"最后一日为{chinese_day(last)}（{why}）"
    if running.rule.roll is Roll.NONE:
        return f"{text}，该期限不适用节假日顺延。"
    if line.rolled is None:
        return f"{text}，应当顺延，但顺延后的日期处于中止期间，待恢复后确定。"
    if line.rolled == last:
        return f"{text}，不需要顺延。"
    return f"{text}，不是工作日，顺延至{chinese_day(line.rolled)}（{calendar.why(line.rolled)}）。"


def both_days_text(line: Line, last: date, running: Running) -> str:
    """The strict and the generous day side by side, and which of them this clock goes by."""
    rolled = "待恢复后确定" if line.rolled is None else chinese_day(line.rolled)
    strict = running.against_authority
    rule = "对机关从严，预警以不顺延的日期为准" if strict else "对当事人从宽，以顺延的日期为准"
    return f"不顺延：{chinese_day(last)}；顺延：{rolled}。{rule}。"


def provisional_text(line: Line) -> str:
    until = line.rolled or line.last
    reach = f"计至{chinese_day(until)}" if until else "本期限"
    return f"{reach}，所涉日期的放假通知尚未载入，暂按周末计算；通知载入后重新计算。"
