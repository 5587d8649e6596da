"""The check of the queue: background jobs get on."""

from __future__ import annotations

from collections.abc import Iterator

from fadu.infra import clock, jobs
from fadu.kernel.integrity.words import House

LABELS = {
    "scan": "查找届满的期限",
    "run_due_case": "期限届满生效",
    "seal": "封存记录",
    "check_house": "每日完整性检查",
    "retry_stalled": "接续中断的任务",
    "delete_old": "清理任务队列和过期的表单回执",
    "open_owed": "启动每年的事项",
    "work_on_table": "检查、导入表格",
    "work_on_rehearsal": "修法演练",
    "write_entry_texts": "整理名录条目的检索文字",
}
HOW = {"waiting": "等待办理", "lost": "办到一半中断", "failed": "办理失败"}


def stuck(house: House) -> Iterator[tuple[str, str]]:
    """No job waits, lies or has failed for long. The queue lives by the real clock, also in a demonstration house."""
    for one in jobs.stuck():
        since = one.since.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
        yield f"后台任务“{LABELS.get(one.task, one.task)}”", f"{one.number}项{HOW[one.how]}，最早的自{since}起"
