"""The report: its figures are those of the records, its forms say the same, and it tells when it no longer holds."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import docx
import pytest

from fadu.analytics.arithmetic import Precision
from fadu.analytics.figures import compute
from fadu.cli.report import FORMATS
from fadu.infra.clock import SHANGHAI
from fadu.infra.official import Paragraph, Table, plain, to_docx, to_html
from fadu.kernel import access, acts, house, models, seal
from fadu.report_writer import Report, compose, kept_report, recheck, write
from fadu.report_writer.paragraphs import chinese
from fadu.rules.errors import BadInput, DeclarationError, NotAllowed, NotFound
from tests.analytics import counted
from tests.analytics.conftest import Filled
from tests.fixtures.database import OwnDatabase
from tests.fixtures.views import current_views
from tests.report_writer.conftest import Write

SENTENCES = "某区人民政府2024年收到申请7件，受理5件；作出决定3件。支持率为66.67%，办理天数中位数为42天。"


def written(house_: Filled, year: int = 2024) -> Report:
    with house_.session() as s:
        return write(s, year)


def text_of(report: Report) -> str:
    return "".join(plain(block.runs) for block in report.document.blocks if isinstance(block, Paragraph))


def test_the_text_has_the_figures_of_the_records(reporting: Filled) -> None:
    report = written(reporting)
    assert text_of(report) == SENTENCES
    (table,) = (block for block in report.document.blocks if isinstance(block, Table))
    assert [[plain(cell) for cell in row] for row in table.rows] == [["支持", "2件"], ["未支持", "1件"]]
    with reporting.session() as s:
        computed = compute(s, s.registry, list(counted.ALL), date(2024, 1, 1), date(2025, 1, 1))
    assert list(report.figures) == ["decided", "applied", "accepted", "grant_rate", "duration", "granted", "refused"]
    for name, figure in report.figures.items():
        assert str(figure) == str(computed[name]), name
        assert figure.cases == computed[name].cases, name


def test_title_headings_and_signature_come_from_the_house(reporting: Filled) -> None:
    document = written(reporting).document
    assert document.title == "某区人民政府\n2024年法治政府建设年度报告"
    assert (document.signature, document.date, document.mark) == ("某区人民政府", "2025年2月1日", None)
    headings = [(block.level, block.text) for block in document.blocks if hasattr(block, "level")]
    assert headings == [(1, "一、依法办理行政复议案件"), (2, "办理情况")]  # one alone has no number


def test_the_last_head_of_the_record_is_printed(
    reporting: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounded = "本报告的比率至多保留两位小数，四舍五入，但未达全数的不进位为全数"
    assert written(reporting).document.notes == (rounded, "数据所依据的全过程记录还没有封存")
    monkeypatch.setenv("FADU_KEYS", str(tmp_path))
    head = seal.seal()
    report = written(reporting)
    assert report.document.notes[-1] == f"数据所依据的全过程记录封存至：“{head.line()}”"
    assert report.document.footer == ("某区人民政府\t2025年2月1日印发",)
    assert report.provenance["head"] == head.as_json()
    assert head.line() in to_html(report.document)
    printed = docx.Document(io.BytesIO(to_docx(report.document)))
    assert any(head.line() in paragraph.text for paragraph in printed.paragraphs)


def test_a_year_without_cases_says_so(reporting: Filled) -> None:
    assert text_of(written(reporting, 2023)) == "本年度没有作出决定。"


def test_a_demonstration_house_marks_its_report(reporting: Filled) -> None:
    with reporting.session() as s:
        house.move_clock(s, reporting.house.now)
    assert written(reporting).document.mark == "演示"


def test_headings_with_their_text_are_numbered_within_a_section(reporting: Filled, paragraphs: Write) -> None:
    paragraphs(
        '## 认真受理。{{ over }}收到申请{{ fig("applied") }}。\n\n其余从略。\n'
        '## 依法决定。作出决定{{ fig("decided") }}。'
    )
    report = written(reporting)
    blocks = report.document.blocks
    assert [(getattr(one, "text", ""), plain(getattr(one, "runs", ()))) for one in blocks] == [
        ("一、依法办理行政复议案件", ""),
        ("（一）认真受理。", "全年收到申请7件。"),
        ("", "其余从略。"),
        ("（二）依法决定。", "作出决定3件。"),
    ]
    lines = [
        "一、依法办理行政复议案件",
        "（一）认真受理。全年收到申请7件。",
        "其余从略。",
        "（二）依法决定。作出决定3件。",
    ]
    assert report.measures.split("\n") == lines


def test_a_section_with_nothing_to_tell_is_left_out_and_named(reporting: Filled, paragraphs: Write) -> None:
    paragraphs('{% if value("closed") > 99 %}办结{{ fig("closed") }}。{% endif %}')
    report = written(reporting)
    assert (report.document.blocks, report.empty) == ((), ("依法办理行政复议案件",))


@pytest.mark.parametrize(
    ("until", "title", "text"),
    [
        (date(2024, 5, 31), "2024年1—5月法治政府建设情况报告", "1—5月收到申请3件，5月末。"),
        (date(2024, 5, 15), "2024年法治政府建设情况报告\n（截至5月15日）", "截至5月15日收到申请3件，截至5月15日。"),
        (date(2024, 1, 31), "2024年1月法治政府建设情况报告", "1月收到申请0件，1月末。"),
        (date(2024, 12, 31), "2024年法治政府建设年度报告", "全年收到申请7件，年末。"),
    ],
)
def test_a_part_of_a_year_says_which(
    reporting: Filled, paragraphs: Write, monkeypatch: pytest.MonkeyPatch, until: date, title: str, text: str
) -> None:
    paragraphs('{{ over }}收到申请{{ fig("applied") }}，{{ end }}。')
    said = replace(compose.outline(), title_of_part="法治政府建设情况报告")
    monkeypatch.setattr(compose, "outline", lambda: said)
    with reporting.session() as s:
        report = write(s, 2024, until=until)
        assert recheck(s, kept_report(FORMATS["json"](report))) == []
    assert (report.document.title.partition("\n")[2], text_of(report)) == (title, text)
    assert report.provenance["period"]["before"] == (until + timedelta(days=1)).isoformat()
    with reporting.session() as s, pytest.raises(BadInput, match="2024年之内，最晚为2024年12月31日"):
        write(s, 2024, until=date(2025, 1, 1))


def test_the_running_year_is_told_up_to_today(reporting: Filled) -> None:
    report = written(reporting, 2025)
    assert (report.span.last, report.span.over) == (date(2025, 2, 1), "截至2月1日")
    assert report.provenance["period"] == {"from": "2025-01-01", "before": "2025-02-02"}


def test_a_report_declares_how_it_rounds(reporting: Filled, monkeypatch: pytest.MonkeyPatch) -> None:
    said = replace(compose.outline(), rates=Precision(1, cut=True))
    monkeypatch.setattr(compose, "outline", lambda: said)
    report = written(reporting)
    assert "支持率为66.6%，" in text_of(report)
    assert report.document.notes[0] == "本报告的比率至多保留一位小数，多余的位数舍去"
    kept = kept_report(FORMATS["json"](report))
    with reporting.session() as s:
        assert recheck(s, kept) == []
    assert kept["rates"] == {"digits": 1, "cut": True}


# ---------------------------------------------------------------- forms


class Links(HTMLParser):
    """Every link with its class and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str | None, str | None, str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append((dict(attrs).get("class"), dict(attrs).get("href"), ""))
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "a"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1] = (*self.found[-1][:2], self.found[-1][2] + data)


def test_every_figure_is_a_link_to_its_cases(reporting: Filled) -> None:
    links = Links()
    links.feed(to_html(written(reporting).document))
    government = reporting.house.organs["government"]
    asked = f"?from=2024-01-01&before=2025-01-01&organ={government}"
    assert links.found == [
        ("figure", f"/figures/{name}{asked}", text)
        for name, text in [
            ("applied", "7件"),
            ("accepted", "5件"),
            ("decided", "3件"),
            ("grant_rate", "66.67%"),
            ("duration", "42天"),
            ("granted", "2件"),
            ("refused", "1件"),
        ]
    ]


def test_html_escapes_what_comes_from_the_house(reporting: Filled) -> None:
    with reporting.session() as s:
        organ = house.register_organ(s, "<b>某县</b>&", "某", since=date(2020, 1, 1))
        page = to_html(write(s, 2024, organ.pk).document)
    assert "<b>" not in page
    assert "&lt;b&gt;某县&lt;/b&gt;&amp;" in page


def test_the_docx_says_the_same(reporting: Filled) -> None:
    report = written(reporting)
    data = to_docx(report.document)
    paragraphs = [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]
    assert SENTENCES in paragraphs
    assert paragraphs[:2] == report.document.title.split("\n")
    assert to_docx(written(reporting).document) == data


def test_provenance_names_everything_a_figure_rests_on(reporting: Filled) -> None:
    report = written(reporting)
    told = json.loads(json.dumps(report.provenance, ensure_ascii=False))
    assert told["title"] == "某区人民政府2024年法治政府建设年度报告"
    assert told["period"] == {"from": "2024-01-01", "before": "2025-01-01"}
    assert told["organ"] == {"id": reporting.house.organs["government"], "name": "某区人民政府"}
    assert told["recorded_before"] is None
    assert set(told["declarations"]) == {"small"}
    entries = {entry["name"]: entry for entry in told["figures"]}
    rate = entries["grant_rate"]
    assert (rate["numerator"], rate["denominator"], rate["text"], rate["value"]) == (2, 3, "66.67%", None)
    assert rate["definition"] == counted.grant_rate.definition
    assert rate["cases"].startswith("sm3:")
    assert rate["sentences"] == ["支持率为66.67%，办理天数中位数为42天。"]
    assert entries["decided"]["sentences"] == ["作出决定3件。"]
    assert entries["granted"]["sentences"] == ["2件"]


# ---------------------------------------------------------------- still true?


def test_an_unchanged_record_still_holds(reporting: Filled) -> None:
    printed = written(reporting).provenance
    with reporting.session() as s:
        assert recheck(s, printed) == []


def test_a_changed_record_names_the_sentences_that_no_longer_hold(reporting: Filled) -> None:
    printed = written(reporting).provenance
    case = reporting.cases["denied"]
    with reporting.house.session(None) as s:
        acts.run_lapses(s, case)
    for step in ("lapse:publishing", "stamp_paper", "decide"):  # what rests on the decision is taken back first
        with reporting.session():
            stream = models.Case.objects.get(pk=case).stream_id
            position = models.Event.objects.get(stream_id=stream, step=step).position
        reversal = {"position": position, "reason": "有误", "article": "第三条"}
        reporting.house.do("head", case, "reverse", reversal)
    with reporting.session() as s:
        broken = {entry.name: entry for entry in recheck(s, printed)}
    assert set(broken) == {"decided", "grant_rate", "duration", "refused"}
    assert (broken["decided"].then, broken["decided"].now) == ("3件", "2件")
    assert broken["decided"].sentences == ("作出决定3件。",)
    assert (broken["grant_rate"].then, broken["grant_rate"].now) == ("66.67%", "100%")


def test_the_report_as_it_was_recorded(reporting: Filled) -> None:
    cut = datetime(2024, 4, 10, tzinfo=SHANGHAI)
    with reporting.session() as s:
        report = write(s, 2024, recorded_before=cut)
    assert text_of(report) == "本年度没有作出决定。"
    assert report.provenance["recorded_before"] == "2024-04-10T00:00:00+08:00"


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize("who", ["officer", "clerk", "stranger"])
def test_who_does_not_see_all_cases_gets_no_report(reporting: Filled, who: str) -> None:
    with reporting.session(who) as s, pytest.raises(NotAllowed, match="您只能查看其中一部分"):
        write(s, 2024)


def test_the_head_of_the_government_gets_the_whole_report(reporting: Filled) -> None:
    with reporting.session("mayor") as s:
        assert text_of(write(s, 2024)) == SENTENCES


def test_a_year_to_come_and_an_unknown_organ_are_refused(reporting: Filled) -> None:
    with reporting.session() as s:
        with pytest.raises(BadInput, match="2026年还没有开始"):
            write(s, 2026)
        with pytest.raises(NotFound):
            write(s, 2024, 999_999)


def test_two_governments_need_a_choice(reporting: Filled) -> None:
    with reporting.session() as s:
        house.register_organ(s, "某县人民政府", "某县", since=date(2020, 1, 1))
        with pytest.raises(BadInput, match="请指明"):
            write(s, 2024)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("全年受理案件44件。", "“44”是直接写下的数字"),
        ('{{ fig("nothing") }}', "没有指标 nothing"),
        ("{{ nothing }}", "只能输出"),
        ('{% if value("decided") %}', "无法识别"),
        ('{{ fig("decided") + 1 }}', "只能输出"),
    ],
)
def test_a_template_that_does_not_hold_is_refused(
    reporting: Filled, paragraphs: Write, text: str, complaint: str
) -> None:
    paragraphs(text)
    with reporting.session() as s, pytest.raises(DeclarationError, match=complaint):
        write(s, 2024)


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (32, "三十二"), (99, "九十九")]
)
def test_headings_are_numbered_as_people_do(number: int, text: str) -> None:
    assert chinese(number) == text


# ---------------------------------------------------------------- the command


def test_the_command_writes_every_form(own_database: OwnDatabase, tmp_path: Path) -> None:
    current_views(own_database)
    with access.session(None, datetime(2024, 3, 1, tzinfo=SHANGHAI)) as s:
        organ = house.register_organ(s, "某区人民政府", "某政", since=date(2020, 1, 1))
        house.move_clock(s, s.now)
    with access.session(None) as s:
        report = write(s, 2023, organ.pk)
    out = tmp_path / "report.json"
    arguments = ["--year", "2023", "--organ", organ.name, "--format", "json", "--out", str(out)]
    done = subprocess.run(
        [sys.executable, "-m", "fadu", "report", *arguments],
        env=own_database.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(out.read_text(encoding="utf-8")) == report.provenance
    assert '<h1 class="official-title">某区人民政府<br>2023年' in FORMATS["html"](report).decode()
    assert docx.Document(io.BytesIO(FORMATS["docx"](report))).paragraphs[0].text == organ.name
    assert json.loads(FORMATS["json"](report)) == report.provenance
