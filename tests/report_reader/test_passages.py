"""The reader against passages with known truth, and against the structure it promises."""

from itertools import pairwise
from pathlib import Path

import pytest

import fadu
from fadu.report_reader import Verdict, read
from fadu.report_reader.lexicon import load
from fadu.rules.coverage import Kind, read_catalogue
from tests.report_reader.passages import passages, score

LEAST = 0.98
LEAST_RELATIONS = 0.95


@pytest.mark.parametrize(
    "name", ["seen.txt", "second.txt", "third.txt", "held.txt", "sealed.txt", "sealed2.txt", "sealed3.txt"]
)
def test_the_passages_are_read(name: str) -> None:
    scored = score(name)
    assert scored.claims > 150
    assert scored.recall >= LEAST, scored.faults
    assert scored.precision >= LEAST, scored.faults
    assert scored.relation_recall >= LEAST_RELATIONS, scored.faults
    assert scored.alarms == 0, scored.faults


def test_traps_give_no_relation() -> None:
    traps = [one for one in passages("sealed3.txt") if not one.relations]
    assert len(traps) > 20
    assert [one.text for one in traps if read(one.text).relations] == []


@pytest.mark.parametrize(
    "text",
    [
        "执法人员1873人,乡镇执法人员624人,占执法人员总数的33.3%;上年乡镇280人,占执法人员总数的16.1%。",
        "执法人员1873人,乡镇执法人员624人,占执法人员总数的33.3%;下派297人,占全市执法人员总数的0.8%。",
        "为860名农民工追回工资1376万元,人均工资1.8万元。",
        "为860名农民工追回工资1376万元,惠及家庭700户,人均1.8万元。",
        "全县28个乡镇共有村级站点364个,平均每村2个。",
        "满意率98.4%,高于年度目标95%,较上年提高2个百分点。",
        "审批事项50个,环节减少3个,下降30%。",
        "调解案件120件,占受理总量的40%;上年受理280件,审结300件。",
        "调解案件120件,占受理总量的40%;2022年受理280件,审结300件。",
        "办结100件,其中按期办结90件、超期办结10件,办结率100%。",
        "设立站点5个:东河镇、西山镇、南湖镇及周边,建成阵地12处。",
        "自助终端由85台增加到112台,新增30台,淘汰3台。",
        "败诉率:2021年至2024年分别为14.2%、11.6%、9.3%、7.5%,较2020年下降8个百分点。",
        "行政处罚128宗、行政强制214宗。行政强制中,查封188宗,加处罚款20宗。",
        "全市机关 12 15 人参加\n第 12 期 35 人",
    ],
)
def test_words_of_something_else_do_not_make_a_figure_wrong(text: str) -> None:
    reading = read(text)
    assert reading.claims
    assert reading.findings == []


@pytest.mark.parametrize(
    ("text", "kind", "claims"),
    [
        (
            "受理诉求150件,办结140件,比2022年分别增长25%和40%。2022年受理诉求120件,办结100件。",
            "growth",
            "c003 c001 c005",
        ),
        ("罚款980万元,没收270万元,分别下降8.4%、12.9%;上年分别为1070万元和310万元。", "growth", "c004 c002 c006"),
        ("受理数上升12.5%,由2023年的160件增至2024年的180件。", "growth", "c001 c003 c002"),
        ("2024年受理180件,比2023年(160件)增长12.5%。", "growth", "c003 c001 c002"),
        ("案件较上年减少20件,降幅11.1%,总数为160件。", "growth", "c002 c003 c001"),
        ("公开信息3.2万条,是上年的1.6倍,上年为2万条。", "ratio", "c002 c001 c003"),
        ("年初在册1200人,年内新聘86人,解聘52人,年末在册1234人。", "difference", "c004 c001 c002 c003"),
        ("32个部门和14个县区共46家单位接受督察。", "sum", "c003 c001 c002"),
        ("一般收入完成28583万元;税务部门完成13866万元,占预算90.1%,占一般收入总额的48.51%。", "ratio", "c004 c002 c001"),
        ("清理事项205项,取消率58.5%,取消120项。", "ratio", "c002 c003 c001"),
        ("预算执行率90%,预算4000万元,支出3600万元。", "ratio", "c001 c003 c002"),
        ("行政机关胜诉265件、败诉23件,败诉率8%。", "ratio", "c003 c002 c001"),
        ("满意率98.4%,高于全省95.7%,高出2.7个百分点。", "difference", "c003 c001 c002"),
        ("计划修建公路120公里,实际完成138公里,超额完成18公里。", "difference", "c003 c002 c001"),
    ],
)
def test_what_belongs_together_is_found_where_it_stands_apart(text: str, kind: str, claims: str) -> None:
    reading = read(text)
    assert {one.verdict for one in reading.relations} <= {Verdict.HOLDS, Verdict.UNVERIFIABLE}
    assert (kind, set(claims.split())) in [(one.kind, set(one.claims)) for one in reading.relations]


def test_lines_of_a_name_and_numbers_below_their_heads_are_a_table() -> None:
    reading = read("单位 受理 审结\n东湖区 86 75\n西山县 54 47\n合计 140 122")
    assert [(one.value, one.measure) for one in reading.claims[:2]] == [(86, "东湖区受理"), (75, "东湖区审结")]
    assert [one.verdict for one in reading.relations] == [Verdict.HOLDS, Verdict.HOLDS]


def test_every_number_is_a_claim_a_kind_of_other_or_unread() -> None:
    text = "\n".join(passage.text for passage in passages("seen.txt"))
    reading = read(text)
    spans = sorted((one.start, one.end) for one in [*reading.claims, *reading.others, *reading.unread])
    digits = [place for place, sign in enumerate(text) if sign.isdigit() and sign.isascii()]
    covered = {place for start, end in spans for place in range(start, end)}
    assert not [text[place - 5 : place + 5] for place in digits if place not in covered]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_places_are_those_of_the_source() -> None:
    source = "全年共受理来信１\n０２４件(次),答复率１００\n％。\n为⺠办实事 16 件。"
    reading = read(source)
    assert [(one.value, one.unit) for one in reading.claims] == [(1024, "件(次)"), (100, "%"), (16, "件")]
    assert [source[one.start : one.end] for one in reading.claims] == ["１\n０２４", "１００\n％", "16"]


@pytest.mark.parametrize(
    ("text", "reading", "expr"),
    [
        ("收到申请71件,其中受理50件,其他方式处理21件,受理率100%。", "分母扣除", "c004 = c002 / (c001 - c003) * 100"),
        ("审结22件(撤销6件,维持9件,驳回2件,责令履行1件,不予受理4件),纠错率39%。", "不予受理", ""),
    ],
)
def test_another_reading_is_said(text: str, reading: str, expr: str) -> None:
    found = [one for one in read(text).relations if one.verdict is Verdict.ALTERNATIVE]
    assert len(found) == 1
    assert reading in found[0].reading
    assert expr in found[0].expr


def test_a_denominator_that_is_not_printed_is_told_as_a_range() -> None:
    (one,) = [r for r in read("进驻中心办理746项,进驻比例达到99.73%。").relations if r.kind == "ratio"]
    assert one.verdict is Verdict.UNVERIFIABLE
    assert "748" in one.reason


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("受理9件,办结7件,办结率77.7%。", "截断"),
        ("受理9件,办结7件,办结率77.8%。", "四舍五入"),
        ("受理9件,办结7件,办结率77.7%。\n受理7件,办结5件,办结率71.5%。", "截断"),
    ],
)
def test_how_a_text_rounds_is_told_by_its_figures(text: str, rule: str) -> None:
    assert read(text).meta.rounding == rule


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("标题临江市人民政府关于临江市2023年法治政府建设情况报告", "临江市"),
        ("关于南山区法治政府建设工作情况的报告", "南山区"),
        ("关于印发2023年云和县法治政府建设工作报告的通知", "云和县"),
        ("县司法局作为县政府的工作部门,全年受理申请20件。", ""),
        ("全椒县人民政府\n2023年工作情况", "全椒县"),
    ],
)
def test_the_place_is_that_of_the_report(text: str, place: str) -> None:
    meta = read(text).meta
    assert meta.place == place
    assert not meta.title.startswith("标题")


def test_a_figure_is_mapped_to_the_statistic_of_the_catalogue() -> None:
    text = (
        "(四)行政复议工作\n全区收到行政复议申请71件,受理50件,审结48件,其中维持30件,撤销3件,驳回复议申请15件,受理率70.42%。"
        "向有关部门发出行政复议建议书4份。"
    )
    assert [one.indicator for one in read(text).claims] == [
        "recon-applications",
        "recon-accepted",
        "recon-closed",
        "recon-upheld",
        "recon-revoked",
        "recon-dismissed",
        "recon-acceptance-rate",
        "recon-suggestions",
    ]


def test_every_statistic_of_the_lexicon_is_in_the_catalogue() -> None:
    catalogue = read_catalogue(Path(fadu.__file__).parent / "domains" / "catalogue.yaml")
    known = {entry.id for heading in catalogue for entry in heading.entries if entry.kind is Kind.STATISTIC}
    assert {entry["id"] for entry in load("statistics")} <= known


def test_parts_of_a_total_are_not_added_up_by_chance() -> None:
    (one,) = read("作出复议决定8件:维持2件,撤销3件,变更1件,确认违法1件,驳回1件。").relations
    assert one.claims == ["c001", "c002", "c003", "c004", "c005", "c006"]
