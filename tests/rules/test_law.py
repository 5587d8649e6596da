"""The law library as it comes: known facts, borders between versions, ended rules, places, and the whole stock."""

import re
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from fadu.rules.law import (
    LAW_FOLDER,
    Kind,
    Library,
    NotInForce,
    Roll,
    Rule,
    Transition,
    Unit,
    UnknownPeriod,
    UnknownStatute,
    load_library,
)

CHECKOUT = Path(__file__).parents[2]
REPORT = CHECKOUT / "docs" / "law-conversion.md"
LAST_OLD_DAY, FIRST_NEW_DAY = date(2023, 12, 31), date(2024, 1, 1)
RECONSIDERATION = [
    *("申请", "申请·未告知权利", "申请·最长保护(不动产)", "申请·最长保护(其他)", "审查受理", "补正通知"),
    *("提交补正", "补正后审查", "发送副本", "答复举证", "简易程序·发送副本", "简易程序·答复举证", "听证通知"),
    *("审理", "审理·简易程序", "中止转终止", "复议意见书整改", "公开复议决定书", "抄告", "转送他机关"),
    "前置案件转诉讼",
]


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def test_the_reply_of_the_respondent_changes_its_unit_on_new_years_day(library: Library) -> None:
    old = library.period("行政复议法", "答复举证", LAST_OLD_DAY)
    new = library.period("行政复议法", "答复举证", FIRST_NEW_DAY)
    assert (old.amount, old.unit, old.article, old.version) == (10, Unit.DAY, "第二十三条第一款", "2017")
    assert (new.amount, new.unit, new.article, new.version) == (10, Unit.WORKDAY, "第四十八条", "2023")
    assert old.before == new.since == FIRST_NEW_DAY


def test_a_rule_cites_itself_as_lawyers_do(library: Library) -> None:
    rule = library.period("行政复议法", "审查受理", FIRST_NEW_DAY)
    assert rule.cite == "《行政复议法》（2023）第三十条第一、二款"


@pytest.mark.parametrize("period", RECONSIDERATION)
def test_every_period_of_reconsideration_has_its_name(library: Library, period: str) -> None:
    assert library.series("行政复议法", period)


@pytest.mark.parametrize(
    ("period", "old", "new"),
    [
        ("申请", (60, Unit.DAY), (60, Unit.DAY)),
        ("审查受理", (5, Unit.WORKDAY), (5, Unit.WORKDAY)),
        ("发送副本", (7, Unit.WORKDAY), (7, Unit.WORKDAY)),
        ("前置案件转诉讼", (15, Unit.DAY), (15, Unit.DAY)),
        ("审理", (60, Unit.DAY), (60, Unit.DAY)),
        ("附带审查·有权处理", (30, Unit.DAY), (30, Unit.DAY)),
        ("附带审查·无权处理转送", (7, Unit.WORKDAY), (7, Unit.WORKDAY)),
        ("附带审查·受转送机关回复", (60, Unit.DAY), (60, Unit.DAY)),
    ],
)
def test_periods_go_on_in_the_new_law(
    library: Library, period: str, old: tuple[int, Unit], new: tuple[int, Unit]
) -> None:
    before = library.period("行政复议法", period, LAST_OLD_DAY)
    after = library.period("行政复议法", period, FIRST_NEW_DAY)
    assert (before.amount, before.unit) == old
    assert (after.amount, after.unit) == new


def test_the_extension_belongs_to_the_version(library: Library) -> None:
    old = library.period("行政复议法", "审理", LAST_OLD_DAY).extension
    new = library.period("行政复议法", "审理", FIRST_NEW_DAY).extension
    assert old is not None
    assert old.approver == "行政复议机关的负责人"
    assert new is not None
    assert new.approver == "行政复议机构的负责人"
    assert (new.amount, new.unit, new.times) == (30, Unit.DAY, 1)


def test_simplified_procedure_cannot_be_extended(library: Library) -> None:
    assert library.period("行政复议法", "审理·简易程序", FIRST_NEW_DAY).extension is None


def test_an_ended_rule_says_its_last_day(library: Library) -> None:
    with pytest.raises(NotInForce, match="最后适用至2023年12月31日") as refusal:
        library.period("行政复议法", "转送他机关", FIRST_NEW_DAY)
    assert refusal.value.article == "《行政复议法》（2017）第十八条"


def test_an_ended_statute_names_its_successor(library: Library) -> None:
    with pytest.raises(NotInForce, match="最后适用至2026年4月14日") as refusal:
        library.period("市场监督管理投诉举报处理暂行办法", "举报·立案告知", date(2026, 4, 15))
    assert refusal.value.todo == "请查阅接替它的《市场监督管理投诉举报处理办法》。"


def test_a_rule_not_yet_in_force_says_its_first_day(library: Library) -> None:
    with pytest.raises(NotInForce, match="在法律库中自2024年1月1日起才有规定"):
        library.period("行政复议法", "简易程序·答复举证", LAST_OLD_DAY)


def test_an_unknown_statute_is_answered_with_the_nearest_names(library: Library) -> None:
    with pytest.raises(UnknownStatute, match="法律库中没有“行政复仪法”") as refusal:
        library.period("行政复仪法", "答复举证", FIRST_NEW_DAY)
    assert "行政复议法" in (refusal.value.todo or "")


def test_an_unknown_period_is_answered_with_the_nearest_names(library: Library) -> None:
    with pytest.raises(UnknownPeriod, match="没有名为“答复”的期限") as refusal:
        library.period("行政复议法", "答复", FIRST_NEW_DAY)
    assert "答复举证" in (refusal.value.todo or "")


@pytest.mark.parametrize("name", ["行政复议法", "《行政复议法》", "中华人民共和国行政复议法"])
def test_a_statute_answers_to_all_its_names(library: Library, name: str) -> None:
    assert library.statute(name).slug == "administrative_reconsideration_law"


def test_a_document_answers_to_its_number(library: Library) -> None:
    rule = library.period("国办发〔2018〕118号", "公示·许可处罚决定", date(2024, 5, 6))
    assert (rule.amount, rule.unit) == (7, Unit.WORKDAY)


def test_wide_brackets_name_the_same_period(library: Library) -> None:
    wide = library.period("行政复议法", "申请·最长保护（不动产）", FIRST_NEW_DAY)
    assert wide == library.period("行政复议法", "申请·最长保护(不动产)", FIRST_NEW_DAY)
    assert (wide.amount, wide.unit) == (20, Unit.YEAR)


def test_a_local_statute_holds_at_its_place_and_below_it(library: Library) -> None:
    day = date(2025, 6, 1)
    own = library.period("山东省行政执法监督条例", "意见书整改", day)
    assert own == library.period("山东省行政执法监督条例", "意见书整改", day, place="山东济南")
    with pytest.raises(NotInForce, match="不适用于上海，只适用于山东"):
        library.period("山东省行政执法监督条例", "意见书整改", day, place="上海")


def test_a_rule_of_one_sector_is_refused_to_another(library: Library) -> None:
    day = date(2026, 5, 1)
    assert library.period("治安管理处罚法", "追责时效", day, sector="治安").unit is Unit.MONTH
    with pytest.raises(NotInForce, match="不适用于生态环境，只适用于治安"):
        library.period("治安管理处罚法", "追责时效", day, sector="生态环境")


def test_a_general_rule_holds_in_every_place_and_sector(library: Library) -> None:
    day = date(2025, 6, 1)
    general = library.period("行政处罚法", "办案期限", day)
    assert library.period("行政处罚法", "办案期限", day, place="北京", sector="市监") == general


@pytest.mark.parametrize(
    ("statute", "period", "on", "expected"),
    [
        ("行政处罚法", "听证·申请", date(2021, 7, 14), "3日"),
        ("行政处罚法", "听证·申请", date(2021, 7, 15), "5个工作日"),
        ("行政处罚法", "听证·通知", date(2021, 7, 15), "提前7个工作日"),
        ("市场监督管理行政处罚程序规定", "公告送达", date(2022, 10, 31), "不少于60日"),
        ("市场监督管理行政处罚程序规定", "公告送达", date(2022, 11, 1), "不少于30日"),
        ("仲裁法", "撤销裁决申请", date(2026, 2, 28), "6个月"),
        ("仲裁法", "撤销裁决申请", date(2026, 3, 1), "3个月"),
        ("规范性文件合法性审核指导意见", "合法性审核", date(2020, 1, 1), "5至15个工作日"),
        ("政府信息公开条例", "年度报告·部门", date(2020, 1, 1), "每年1月31日"),
        ("高效办成一件事意见", "总体清单", date(2026, 1, 1), "2027年12月31日"),
        ("法规规章备案审查条例", "备案目录公布", date(2025, 1, 1), "每1个月"),
        ("行政执法监督条例", "督办函反馈", date(2026, 2, 1), "由文书确定"),
    ],
)
def test_lengths_in_words(library: Library, statute: str, period: str, on: date, expected: str) -> None:
    assert library.period(statute, period, on).in_words == expected


def test_only_what_is_to_be_done_by_a_day_rolls(library: Library) -> None:
    moving = {rule.kind for rule in library.rules() if rule.roll is Roll.NEXT}
    assert moving == {Kind.MAX}
    assert library.period("行政复议法", "审理", FIRST_NEW_DAY).roll is Roll.NEXT
    assert library.period("行政复议法", "听证通知", FIRST_NEW_DAY).roll is Roll.NONE


def test_where_the_law_is_silent_only_the_citizens_period_rolls(library: Library) -> None:
    day = date(2024, 1, 1)
    assert library.period("信访工作条例", "申请复查", day).roll is Roll.NEXT
    assert library.period("信访工作条例", "复查", day).roll is Roll.NONE
    assert library.period("行政处罚法", "缴纳罚款", day).roll is Roll.NEXT
    assert library.period("行政处罚法", "办案期限", day).roll is Roll.NONE


def test_the_reading_of_running_cases_is_marked_as_ours(library: Library) -> None:
    for statute in library.statutes():
        assert statute.transition is Transition.BY_TRIGGER
        assert statute.transition_basis.startswith("本系统理解")
        assert statute.roll_basis


def test_every_value_is_verified_and_has_an_article_and_chinese_words(library: Library) -> None:
    for rule in library.rules():
        assert rule.verified
        assert rule.article
        said = (rule.actor, rule.trigger, rule.act, rule.note, rule.excluded or "")
        assert not re.search("[A-Za-z]{3,}", "".join(said)), rule


def test_unverified_figures_are_settings_and_never_rules(library: Library) -> None:
    settings = library.local_settings()
    assert all(setting.confirmed is None and setting.reason for setting in settings)
    assert [one.proposed for one in settings if one.name == "年度培训学时"] == ["不少于60小时"]
    with pytest.raises(NotInForce):
        library.period("行政处罚法", "缴纳罚款", date(2020, 1, 1))


def test_the_report_accounts_for_every_row(library: Library) -> None:
    text = REPORT.read_text(encoding="utf-8")
    counts = {name: int(number) for name, number in re.findall(r"^\| (\S+) \| (\d+) \|$", text, re.M)}
    rows = counts["写入法律库"] + counts["合并（重复）"] + counts["列为本地设置（不生效）"]
    assert rows == counts["来源行数"] == 278 + 264
    written = [path for path in LAW_FOLDER.glob("*.yaml") if "scripts/convert_law.py" in path.read_text("utf-8")]
    statutes = [statute for statute in library.statutes() if statute.slug in {path.stem for path in written}]
    assert counts["法律文件"] == len(statutes) == len(written)
    assert counts["期限"] == sum(len(statute.periods) for statute in statutes)
    assert counts["数值（按版本、地方分）"] == sum(len(r) for statute in statutes for r in statute.periods.values())
    assert counts["本地设置"] == len(library.local_settings())


def test_the_report_names_each_row_once_as_value_duplicate_or_setting() -> None:
    text = REPORT.read_text(encoding="utf-8")
    parts = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", text, re.M | re.S))
    listed = [
        row
        for part in ("写入法律库的全部行", "合并的行", "列为本地设置的行")
        for row in re.findall(r"^\| (L\d-[\d-]+) ", parts[part], re.M)
    ]
    first = [f"L1-{number:03d}" for number in range(1, 279)]
    assert len(listed) == len(set(listed)) == 542
    assert set(first) <= set(listed)


def test_series_have_no_holes_but_explained_ones(library: Library) -> None:
    def follows(earlier: Rule, later: Rule) -> bool:
        return earlier.before is not None and earlier.before == later.since

    for statute in library.statutes():
        for series in statute.periods.values():
            assert all(map(follows, series, series[1:])), (statute.title, series[0].period)


def test_rules_on_a_day_are_those_in_force(library: Library) -> None:
    today = library.rules(FIRST_NEW_DAY)
    assert 0 < len(today) < len(library.rules())
    assert all(rule.in_force(FIRST_NEW_DAY) for rule in today)
    replies = [rule.version for rule in today if (rule.statute, rule.period) == ("行政复议法", "答复举证")]
    assert replies == ["2023"]


def test_the_library_names_its_edition_and_loads_quickly() -> None:
    start = time.perf_counter()
    again = load_library(LAW_FOLDER)
    assert time.perf_counter() - start < 1.5  # some 0.12 s on an idle machine
    assert again.digest() == load_library().digest()
    assert re.fullmatch("[0-9a-f]{64}", again.digest())


def test_a_switch_day_belongs_to_the_new_value(library: Library) -> None:
    for rule in library.rules():
        if rule.before is not None:
            assert not rule.in_force(rule.before)
            assert rule.in_force(rule.before - timedelta(days=1))
        if rule.since is not None:
            assert rule.in_force(rule.since)
            assert not rule.in_force(rule.since - timedelta(days=1))
