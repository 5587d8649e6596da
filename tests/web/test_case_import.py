"""转录案件 on a page: a messy spreadsheet, its columns, faults beside their rows, all or nothing, taken back whole."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from fadu.infra.official.xlsx import Sheet, to_xlsx
from fadu.kernel import access, models
from fadu.kernel import house as acts_of_house
from fadu.kernel.bulk import bringing, messy
from fadu.rules.errors import BadInput
from tests.kernel.conftest import House
from tests.web.conftest import Entry, stand_still, text_of, worked

PAGE = "/cases/import/small/"
HEADS = ["案 号", "收件日期*", "办理机构单位", "状态", "知道之日", "申请人", "申请人（类别）", "答复单位", ""]
ROWS: list[list[Any]] = [
    [
        "旧〔2024〕１号",
        "２０２４年２月６日",
        "某区司法局 ",
        "已受理",
        date(2024, 2, 1),
        "李四",
        "公民",
        "某区某局",
        None,
    ],
    ["旧〔2024〕2号", 45328, "某区司法局", "已收到", "20240202", "某公司", "法人", "某区某局", None],
]


@pytest.fixture
def place(home: House) -> House:
    home.day = date(2024, 3, 6)
    stand_still(home)
    return home


def book(rows: list[list[Any]]) -> SimpleUploadedFile:
    """A workbook as offices make it: a merged title, a line of notes, then the headings."""
    made = openpyxl.Workbook()
    page = made.active
    page.append(["2024年案件登记表"])
    page.merge_cells("A1:H1")
    page.append(["填表单位：某区司法局"])
    for row in [HEADS, *rows]:
        page.append(row)
    raw = io.BytesIO()
    made.save(raw)
    return SimpleUploadedFile("登记表.xlsx", raw.getvalue())


def states(home: House) -> list[str]:
    return [state.label for text in access.registry().versions("small") for state in text.states]


def csv_file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.csv", text.encode("gb18030"))


def cases() -> list[models.Case]:
    with access.session(None):
        return list(models.Case.objects.filter(mirrored=True).order_by("number"))


def test_a_messy_workbook_is_matched_tried_taken_and_taken_back(place: House, sign_in: Entry) -> None:
    client = sign_in("admin")
    known = states(place)
    rows = [[*row[:3], known[0], *row[4:]] for row in ROWS]
    sent = client.post(PAGE, {"file": book(rows)})
    table = sent["Location"]
    assert "等待检查" in text_of(client.get(table))
    assert "等待检查" in text_of(client.get("/")), "found again where one looks first"
    page = worked(client, sent)
    assert "列名在第 3 行" in page
    assert "不认识的列“答复单位”" in page
    assert page.count("名称相近，请核对") == 1
    told = {"column-7": "party:respondent"}
    assert "检查通过：2 行都可以导入" in worked(client, client.post(table, told))
    assert cases() == []
    asked = client.post(table, told | {"do": "import"})
    client.post(table, told | {"do": "check"})
    assert "等待导入" in text_of(client.get(table)), "a second click changes nothing"
    before = client.get("/news/count/").json()["unread"]
    assert "已经导入 2 行" in worked(client, asked)
    assert client.get("/news/count/").json()["unread"] == before - 1, "what one has read is no news"
    assert [(one.number, one.opened) for one in cases()] == [
        ("旧〔2024〕1号", date(2024, 2, 6)),
        ("旧〔2024〕2号", date(2024, 2, 6)),
    ]
    client.post(table, told | {"do": "import"})
    assert "已经导入 2 行" in text_of(client.get(table)), "the same table is taken once, and what came of it stays"
    next_time = worked(client, client.post(PAGE, {"file": book(rows[:1])}))
    assert "不认识的列" not in next_time, "what a column meant is remembered"
    with access.session(None) as s:
        number = models.Bulk.objects.get().pk
        second = acts_of_house.register_officer(s, "admin2", "管理员乙", "x").pk
        acts_of_house.assign_post(s, second, place.organs["government"], "administrator", since=date(2020, 1, 1))
    place.people["admin2"] = second
    own = client.post(f"/cases/import/{number}/take-back/", {"reason": "导错了"})
    assert "不能撤回自己办理的导入" in text_of(own)
    other = sign_in("admin2")
    assert other.post(f"/cases/import/{number}/take-back/", {"reason": "导错了"}).status_code == 302
    assert cases() == []
    assert "已经导入 2 行" in worked(client, client.post(table, told | {"do": "import"})), "taken back, it comes anew"


def test_each_fault_stands_beside_its_row(place: House, sign_in: Entry) -> None:
    client = sign_in("admin")
    known = states(place)
    rows = [
        [*ROWS[0][:3], known[0], *ROWS[0][4:]],
        ["旧3", "去年", "某区司法局", "没有的状态", "", "王五", "公民", "某区某局"],
    ]
    sent = client.post(PAGE, {"file": book(rows)})
    worked(client, sent)
    page = worked(client, client.post(sent["Location"], {"column-7": "-"}))
    assert '<td class="lead">第 5 行</td>' in page, "as the person's own file numbers it"
    assert "不是有效的日期" in page
    answer = client.get(f"{sent['Location']}report.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    lines = [list(row) for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert [line[0] for line in lines] == [4, 5]
    assert not lines[0][1]
    assert "收件日期" in str(lines[1][1])
    assert cases() == []


def test_a_later_table_updates(place: House, sign_in: Entry) -> None:
    client, known = sign_in("admin"), states(place)
    first = "案号,收件日期,办理机构,状态\n旧1,2024-02-06,某区司法局," + known[0]
    later = first + "\n旧2,2024-02-07,某区司法局," + known[0]
    sent = client.post(PAGE, {"file": csv_file(first)})
    worked(client, sent)
    assert "已经导入 1 行" in worked(client, client.post(sent["Location"], {"do": "import"}))
    anew = client.post(PAGE, {"file": csv_file(later), "updates": "1"})
    assert "新增 1 件，未变 1 件" in worked(client, anew)
    told = openpyxl.load_workbook(io.BytesIO(client.get(f"{anew['Location']}report.xlsx").content)).active
    assert [row[1] for row in told.iter_rows(min_row=3, values_only=True)] == ["未变", "新增"]
    assert sign_in("officer").get(anew["Location"]).status_code == 404, "a table is its bringer's own"
    assert len(cases()) == 1


def test_the_template_offers_what_the_system_knows(place: House, sign_in: Entry) -> None:
    made = openpyxl.load_workbook(io.BytesIO(sign_in("admin").get(f"{PAGE}template.xlsx").content))
    heads = [cell.value for cell in made.worksheets[0][3]]
    assert heads[:3] == ["收件日期", "状态", "办理机构"]
    rules = made.worksheets[0].data_validations.dataValidation
    assert len(rules) >= 3
    told = {row[0]: row for row in made["填写说明"].iter_rows(min_row=3, values_only=True)}
    assert states(place)[0] in str(told["状态"][4])
    assert told["收件日期"][1] == "必填"
    table = messy.table_of(",".join(map(str, heads)).encode("gb18030"), heads)
    assert messy.headings(table.text) == heads, "the template is understood as it is"


def test_what_is_no_table_is_told_with_what_to_do(
    place: House, sign_in: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in("admin")
    assert "请选择文件" in text_of(client.post(PAGE, {}))
    monkeypatch.setattr(messy, "MOST", 2)
    for content, said in (
        (b"PK\x03\x04 broken", "已经损坏"),
        (b"\xd0\xcf\x11\xe0", "旧版 Excel"),
        (b"\xff\xff\xff", "既不是 UTF-8"),
        (b"a,b\n1,2\n3,4\n5,6", "请分成几个文件"),
    ):
        page = worked(client, client.post(PAGE, {"file": SimpleUploadedFile("a.xlsx", content)}))
        assert "没有导入任何内容" in page
        assert said in page
    monkeypatch.setattr(messy, "LARGEST_MB", 0)
    response = client.post(PAGE, {"file": csv_file("a,b")})
    assert (response.status_code, "请分成几个文件" in text_of(response)) == (422, True)


def test_a_table_whose_job_is_gone_says_so_and_begins_again(place: House, sign_in: Entry) -> None:
    client = sign_in("admin")
    table = client.post(PAGE, {"file": csv_file("案号,收件日期\n旧1,2024-02-06")})["Location"]
    with access.session(None), connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    page = text_of(client.get(table))
    assert "后台检查中断，没有导入任何内容" in page
    assert "重新检查" in page
    assert client.get(f"{table}report.xlsx").status_code == 404
    assert "等待检查" in text_of(client.post(table, {"do": "check"}, follow=True))


def test_a_waiting_table_is_stopped_once_told_by_whom_and_begun_again(place: House, sign_in: Entry) -> None:
    client = sign_in("admin")
    table = client.post(PAGE, {"file": csv_file("案号,收件日期\n旧1,2024-02-06")})["Location"]
    assert "确认停止" in text_of(client.get(table))
    assert "等待检查" in text_of(client.get("/cases/import/")), "an administrator sees what is under way"
    assert sign_in("officer").post(f"{table}stop/").status_code == 404
    assert "等待检查" in text_of(client.get(table)), "whoever may not stop it did not"
    for _ in range(2):
        assert client.post(f"{table}stop/")["Location"] == table
    told = f"已停止检查，没有导入任何内容（由{admin_name()}停止）"
    assert told in text_of(client.get("/")), "told where one looks first"
    assert f"由{admin_name()}停止" in text_of(client.get(table))
    assert "确认停止" not in text_of(client.get(table))
    assert "已停止检查" not in text_of(client.get("/")), "once read it is no news"
    bringing.work_on_table(int(table.split("/")[2]), place.people["admin"])
    assert "已停止检查" in text_of(client.get(table)), "a job that comes late does nothing"
    assert "等待检查" in text_of(client.post(table, {"do": "check"}, follow=True))


def admin_name() -> str:
    with access.session(None):
        return models.Officer.objects.get(username="admin").name


def test_only_administrators_import(place: House, sign_in: Entry) -> None:
    assert sign_in("officer").get("/cases/import/").status_code == 403
    page = text_of(sign_in("admin").get("/cases/import/"))
    assert "还没有导入过案件" in page
    assert sign_in("admin").get("/cases/import/choose/?system=small")["Location"] == PAGE
    assert sign_in("admin").get("/cases/import/none/").status_code == 404


def damaged(part: str, content: bytes) -> bytes:
    """A workbook in which one part says something else."""
    made, whole = io.BytesIO(), to_xlsx([Sheet("案件", ("案号", "标题"), (("1", "甲"),))])
    with zipfile.ZipFile(io.BytesIO(whole)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            after.writestr(name, content if name == part else before.read(name))
    return made.getvalue()


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/workbook.xml", b"<workbook"),
        ("xl/worksheets/sheet1.xml", b"<worksheet"),
        ("xl/styles.xml", b"none"),
        ("[Content_Types].xml", b'<Types><Override PartNam="x"/></Types>'),
    ],
)
def test_a_damaged_workbook_is_told(part: str, content: bytes) -> None:
    with pytest.raises(BadInput, match="工作簿已经损坏"):
        messy.table_of(damaged(part, content), ["案号"])
