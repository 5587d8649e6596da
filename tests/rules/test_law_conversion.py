"""The conversion of the tables of periods: what becomes law, what does not, and what it refuses."""

import importlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

SCRIPTS = Path(__file__).parents[2] / "scripts"
NAMES: Mapping[str, Any] = {
    "persons": ["申请人"],
    "statutes": {
        "试行法": {
            "slug": "trial_law",
            "cited": {"试行法(2020)": 2020, "试行法": 2020},
            "versions": [{"label": 2020}],
        }
    },
    "rows": {},
}
FIRST: Mapping[str, Any] = {
    **{"procedure": "1 试行", "step": "答复", "trigger": "收到申请", "act": "答复", "actor": "行政机关"},
    **{"length": 10, "unit": "day", "extendable": False, "basis": "试行法(2020) 第三条", "from": "2020-01-01"},
    **{"until": None, "verified": True, "note": ""},
}
SECOND: Mapping[str, Any] = {
    **{"id": "L2-01-001", "procedure": "试行", "step": "答复", "trigger": "收到", "act": "答复", "actor": "机关"},
    **{"length": 10, "length_min": None, "unit": "day", "date": None, "kind": "max", "extendable": False},
    **{"extension": "", "suspension": "", "basis": "试行法 第三条", "from": "2020-01-01", "until": None},
    **{"verified": True, "jurisdiction": "国家", "note": "", "source": "R"},
}


@pytest.fixture
def convert(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("convert_law")


def gathered(
    convert: ModuleType,
    folder: Path,
    first: list[Mapping[str, Any]],
    second: list[Mapping[str, Any]] | None = None,
    rows: Mapping[str, Any] | None = None,
) -> Any:
    (folder / "law_1.json").write_text(json.dumps(first), encoding="utf-8")
    (folder / "law_2.json").write_text(json.dumps(second or []), encoding="utf-8")
    return convert.gather(convert.read_rows(folder), {**NAMES, "rows": rows or {}})


def only_value(library: Any) -> Mapping[str, Any]:
    [[[value]]] = [list(periods.values()) for periods in library.periods.values()]
    return dict(value)


def test_the_last_day_becomes_half_open(convert: ModuleType, tmp_path: Path) -> None:
    value = only_value(gathered(convert, tmp_path, [{**FIRST, "until": "2023-12-31"}]))
    assert (value["since"], value["before"]) == (date(2020, 1, 1), date(2024, 1, 1))
    assert (value["kind"], value["amount"], value["unit"]) == ("max", 10, "day")
    assert (value["version"], value["article"]) == (2020, "第三条")


def test_counting_back_is_a_lead_and_no_length_is_set_by_paper(convert: ModuleType, tmp_path: Path) -> None:
    lead = only_value(gathered(convert, tmp_path, [{**FIRST, "trigger": "听证之日(倒计)"}]))
    assert lead["kind"] == "lead"
    paper = only_value(gathered(convert, tmp_path, [{**FIRST, "length": None, "unit": None}]))
    assert paper["kind"] == "by_paper"
    assert "amount" not in paper


def test_excluded_time_leaves_the_note(convert: ModuleType, tmp_path: Path) -> None:
    note = "另有规定从之；扣除:鉴定、听证期间；新法改过"
    value = only_value(gathered(convert, tmp_path, [{**FIRST, "note": note}]))
    assert value["excluded"] == "鉴定、听证期间"
    assert value["note"] == "另有规定从之；新法改过"


def test_an_extension_keeps_its_words(convert: ModuleType, tmp_path: Path) -> None:
    given = {"by": 30, "unit": "day", "times": 1, "approver": "负责人", "condition": "情况复杂"}
    value = only_value(gathered(convert, tmp_path, [{**FIRST, "extendable": given}]))
    expected = {"amount": 30, "unit": "day", "times": 1, "approver": "负责人", "condition": "情况复杂"}
    assert value["extension"] == expected


def test_only_a_persons_period_rolls_where_the_law_is_silent(convert: ModuleType, tmp_path: Path) -> None:
    assert "roll" not in only_value(gathered(convert, tmp_path, [FIRST]))
    assert only_value(gathered(convert, tmp_path, [{**FIRST, "actor": "申请人"}]))["roll"] == "next"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({**FIRST, "verified": False, "note": "旧文未取得"}, "数字未经原文核实：旧文未取得"),
        ({**FIRST, "basis": "试行法(2020)"}, "来源没有写明条号"),
        ({**FIRST, "basis": "试行法(条号未核)"}, "来源没有写明条号"),
    ],
)
def test_what_is_not_law_becomes_a_setting(
    convert: ModuleType, tmp_path: Path, row: Mapping[str, Any], reason: str
) -> None:
    library = gathered(convert, tmp_path, [row])
    assert library.periods == {}
    [setting] = library.settings
    assert (setting["reason"], setting["proposed"], setting["confirmed"]) == (reason, "10日", None)


def test_a_duplicate_is_listed_and_not_written_twice(convert: ModuleType, tmp_path: Path) -> None:
    library = gathered(convert, tmp_path, [FIRST], [SECOND], {"L2-01-001": {"merge": "L1-001"}})
    assert only_value(library)["article"] == "第三条"
    assert [(one.row.id, one.way) for one in library.outcomes] == [("L1-001", "value"), ("L2-01-001", "merged")]


def test_a_duplicate_of_another_length_is_refused(convert: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(convert.BadNames, match="its length differs"):
        gathered(convert, tmp_path, [FIRST], [{**SECOND, "length": 15}], {"L2-01-001": {"merge": "L1-001"}})


def test_a_decision_about_no_row_is_refused(convert: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(convert.BadNames, match="L1-999"):
        gathered(convert, tmp_path, [FIRST], rows={"L1-999": {"period": "答复"}})


def test_a_statute_nobody_named_is_refused(convert: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(convert.BadNames, match="no statute"):
        gathered(convert, tmp_path, [{**FIRST, "basis": "无名法(2020) 第三条"}])


def test_an_english_note_is_refused(convert: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(convert.BadNames, match="not Chinese"):
        gathered(convert, tmp_path, [], [{**SECOND, "note": "Optional step."}])


def test_one_row_read_in_two_versions_gives_two_values(convert: ModuleType, tmp_path: Path) -> None:
    values = [{"before": date(2022, 1, 1), "article": "第二条"}, {"since": date(2022, 1, 1)}]
    library = gathered(convert, tmp_path, [FIRST], rows={"L1-001": {"values": values}})
    earlier, later = library.periods["试行法"]["答复"]
    assert (earlier["article"], later["article"]) == ("第二条", "第三条")
    assert earlier["before"] == later["since"] == date(2022, 1, 1)


def test_the_committed_table_names_the_committed_files() -> None:
    names = yaml.safe_load((SCRIPTS / "law_names.yaml").read_text(encoding="utf-8"))
    law = SCRIPTS.parent / "src" / "fadu" / "law"
    written = {path.stem for path in law.glob("*.yaml") if "scripts/convert_law.py" in path.read_text("utf-8")}
    assert {entry["slug"] for entry in names["statutes"].values()} == written
