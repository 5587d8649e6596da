"""What the case page says of provisional days, and of those that a holiday notice moved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fadu.kernel import holidays
from tests.kernel.conftest import House
from tests.kernel.test_holidays import NUMBER, a_notice
from tests.web.conftest import Entry, stand_still

PROVISIONAL = "日期是暂定的：所涉日期的放假通知还没有载入"


@pytest.mark.parametrize("who", ["officer", "clerk"])
def test_the_case_page_follows_the_notice(home: House, sign_in: Entry, tmp_path: Path, who: str) -> None:
    home.day = date(2026, 12, 28)
    stand_still(home)
    case = home.open(known_on="2026-10-30").case
    page = sign_in(who).get(f"/cases/{case}/").content.decode()
    assert PROVISIONAL in page
    assert "2027年1月4日" in page
    holidays.load(a_notice(tmp_path), at=home.now)
    page = sign_in(who).get(f"/cases/{case}/").content.decode()
    assert PROVISIONAL not in page
    assert "按放假通知重算期限" in page
    assert f"{NUMBER}；受理审查到期日由2027年1月4日变为2027年1月5日" in page
