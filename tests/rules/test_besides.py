"""Numbers of persons and days of receipt: what the law library says, what it refuses, and the day that follows."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from fadu.common.receipt import Channel
from fadu.rules.law import BadLawFile, NotInForce, UnknownPeriod, load_library
from fadu.rules.law_besides import CounterHours, ReceivedBy, read_besides
from fadu.rules.receipt import day_of_receipt, proof_is_needed
from fadu.rules.working_days import load_calendar

LIBRARY = load_library()
CLOSES = CounterHours(time(17, 30), next_workday=True)
SAME_DAY = CounterHours(time(17, 30), next_workday=False)


@pytest.mark.parametrize(
    ("statute", "name", "day", "words", "article"),
    [
        ("行政复议法", "委托代理人", date(2023, 12, 31), "1至2人", "《行政复议法实施条例》第十条"),
        ("行政复议法", "委托代理人", date(2024, 1, 1), "1至2人", "《行政复议法》第十七条第一款"),
        ("行政复议法", "申请人人数众多", date(2024, 3, 1), "6人以上", "《行政复议法实施条例》第八条"),
        ("行政诉讼法", "代表人", date(2024, 3, 1), "2至5人", "《行政诉讼法解释》第二十九条第三款"),
    ],
)
def test_a_number_of_persons_has_its_days_and_article(
    statute: str, name: str, day: date, words: str, article: str
) -> None:
    limit = LIBRARY.limit(statute, name, day)
    assert (limit.in_words, limit.article) == (words, article)


def test_an_amount_has_its_days_and_article() -> None:
    amount = LIBRARY.amount("行政复议法", "简易程序款额", date(2024, 1, 1))
    assert (amount.at_most, amount.in_words) == (3000 * 100, "不超过3,000元")
    assert amount.article == "《行政复议法》第五十三条第一款第三项"


def test_a_number_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownPeriod, match="没有名为“证人”的人数"):
        LIBRARY.limit("行政复议法", "证人", date(2024, 3, 1))
    with pytest.raises(NotInForce, match="没有2000年1月1日的规定"):
        LIBRARY.limit("行政复议法", "代表人", date(2000, 1, 1))
    with pytest.raises(UnknownPeriod, match="没有名为“普通程序款额”的金额"):
        LIBRARY.amount("行政复议法", "普通程序款额", date(2024, 3, 1))
    with pytest.raises(NotInForce, match="没有2023年12月31日的规定"):
        LIBRARY.amount("行政复议法", "简易程序款额", date(2023, 12, 31))
    with pytest.raises(UnknownPeriod, match="收件规则"):
        LIBRARY.receipt_rules("行政复议法", "信访")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("limits: [{name: 代表人, values: [{at_least: 1}]}]", "无条文"),
        ("limits: [{name: 代表人, values: [{article: 第一条}]}]", "必须写明人数"),
        ("limits: [{name: 代表人, values: [{at_least: 5, at_most: 1, article: 第一条}]}]", "前者不大于后者"),
        ("limits: [{name: 代表人, values: [{at_most: 1, unit: 人, article: 第一条}]}]", "不认识的词：unit"),
        ("limits: [{name: 代表人, values: [{at_most: 1, since: 去年, article: 第一条}]}]", "必须是日期"),
        ("amounts: [{name: 款额, values: [{at_most_yuan: 三千, article: 第一条}]}]", "必须写明金额"),
        ("amounts: [{name: 款额, values: [{at_most_yuan: 3000}]}]", "无条文"),
        ("receipts: [{name: 申请, values: [{channel: post, by: stamped, article: 第一条}]}]", "必须写明channel和by"),
        ("periods: []", "只能有 statute、limits、amounts、receipts"),
    ],
)
def test_a_file_that_does_not_hold_is_refused_by_name(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "besides").mkdir()
    (tmp_path / "besides" / "trial.yaml").write_text(f"statute: 试行法\n{text}\n", encoding="utf-8")
    with pytest.raises(BadLawFile, match=told) as refusal:
        read_besides(tmp_path)
    assert "trial.yaml" in refusal.value.message


@pytest.mark.parametrize("text", ["closing: 五点半\nlate: same_day", "closing: '17:30'\nlate: sometimes", "17:30"])
def test_hours_of_the_counter_that_do_not_read_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "local").mkdir()
    (tmp_path / "local" / "counter.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadLawFile, match="下班时间"):
        read_besides(tmp_path)


# ---------------------------------------------------------------- the day of receipt

DAY = date(2024, 3, 4)


def received(channel: str, hours: CounterHours | None = SAME_DAY, **facts: Any) -> date | None:
    """Under 政府信息公开条例 art. 31, on a Monday."""
    [rule] = [one for one in LIBRARY.receipt_rules("政府信息公开条例", "信息公开申请") if one.channel == channel]
    return day_of_receipt(rule, facts, DAY, hours, load_calendar())


@pytest.mark.parametrize(
    ("channel", "facts", "day"),
    [
        ("counter", {}, DAY),
        ("counter", {"came_at": "2024-03-01T18:10"}, date(2024, 3, 1)),
        ("post", {}, None),
        ("post", {"signed_on": "2024-03-02"}, date(2024, 3, 2)),
        ("ordinary_mail", {"signed_on": "2024-03-02"}, None),
        ("email", {"came_at": "2024-03-01T09:00"}, None),
        ("email", {"came_at": "2024-03-01T09:00", "confirmed_on": "2024-03-05"}, date(2024, 3, 5)),
        ("fax", {}, None),
        ("online", {"confirmed_on": "2024-03-04"}, DAY),
    ],
)
def test_requests_for_information_are_received_as_article_31_says(
    channel: str, facts: dict[str, str], day: date | None
) -> None:
    assert received(channel, **facts) == day


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2024-03-01T17:30", date(2024, 3, 1)),
        ("2024-03-01T17:31", date(2024, 3, 4)),  # a Friday evening
        ("2024-03-02T10:00", date(2024, 3, 4)),  # a Saturday
        ("2024-02-18T10:00", date(2024, 2, 18)),  # a Sunday that is worked
        ("2024-02-09T17:31", date(2024, 2, 18)),  # before the spring festival
    ],
)
def test_where_the_house_says_so_the_day_of_the_counter_ends_at_closing_time(at: str, day: date) -> None:
    assert received("counter", CLOSES, came_at=at) == day


def test_every_channel_of_reconsideration_has_a_rule_on_every_day_of_its_text() -> None:
    rules = LIBRARY.receipt_rules("行政复议法", "复议申请")
    for channel in Channel:
        assert any(rule.channel == channel and rule.in_force(date(2024, 1, 1)) for rule in rules), channel.label
    assert {rule.by for rule in rules if not proof_is_needed(rule)} == {ReceivedBy.HANDED_IN}
