"""The record on a case's page is verified when it is shown: sealed, not sealed yet, altered behind our back."""

from __future__ import annotations

from fadu.kernel import models, seal
from tests.fixtures.database import OwnDatabase
from tests.kernel.conftest import House
from tests.web.conftest import entry_of, text_of

ALTERED = '<span class="mark mark-bad">被改动</span>'


def test_each_act_bears_its_mark(own_home: House, own_database: OwnDatabase) -> None:
    case = own_home.open().case
    seal.seal(own_home.now)
    own_home.do("officer", case, "accept")
    client, address = entry_of(own_home)("officer"), f"/cases/{case}/"
    page = text_of(client.get(address))
    assert "刚才逐条核验：没有改动" in page
    assert "全案 2 条记录，1 条已经封存" in page
    assert "本条记录自2024年3月1日 10:00记入起未被改动；2024年3月1日 10:00封存" in page
    assert "还没有封存，通常一分钟内自动封存。" in page
    party = text_of(entry_of(own_home)("clerk").get(address))
    assert ("没有改动" in party, "全案" in party) == (True, False)  # how many acts there are is of the inner file
    with own_home.session(None):
        stream = models.Case.objects.get(pk=case).stream_id
    with own_database.connect("fadu_owner", autocommit=True) as owner:
        owner.execute("ALTER TABLE kernel_event DISABLE TRIGGER USER")
        changed = "UPDATE kernel_event SET label = '不予受理' WHERE stream_id = %s AND position = 2"
        assert owner.execute(changed, [stream]).rowcount == 1
    page = text_of(client.get(address))
    assert "刚才逐条核验" not in page
    assert "可能被改动过" in page
    assert page.count(ALTERED) == 1
    assert "本案 第2条记录的“label”一栏与记录正文不符，被改动过" in page
    own_home.do("officer", case, "deliberate", {"secret": "某意见"})
    assert text_of(client.get(address)).count(ALTERED) == 1
