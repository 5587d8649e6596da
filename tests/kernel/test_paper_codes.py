"""核验码: any slip is seen, a paper is found by its code, and nothing for the inside or unsealed ever is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fadu.kernel import models, paper_codes
from fadu.rules.errors import BadInput
from tests.kernel.conftest import House
from tests.kernel.test_stamp import signed

DIGESTS = st.binary(min_size=32, max_size=32).map(lambda drawn: "sm3:" + drawn.hex())


@given(DIGESTS)
def test_a_code_reads_back_as_people_write_it(digest: str) -> None:
    code = paper_codes.code_of(digest)
    assert len(code.split("-")) == 4
    assert paper_codes.read(f" {code.replace('-', ' ').lower()}") == code
    assert paper_codes.read(code.replace("0", "O").replace("1", "l")) == code


@given(DIGESTS, st.integers(0, 15), st.sampled_from(paper_codes.ALPHABET))
def test_one_wrong_sign_is_seen(digest: str, place: int, sign: str) -> None:
    signs = paper_codes.code_of(digest).replace("-", "")
    if signs[place] == sign:
        assert paper_codes.read(signs)
        return
    with pytest.raises(BadInput, match="有误"):
        paper_codes.read(signs[:place] + sign + signs[place + 1 :])


@pytest.mark.parametrize("typed", ["", "7K2M", "U" * 16, "7K2M-QX0R-4TNB-5W9C-1"])
def test_what_cannot_be_a_code_is_told(typed: str) -> None:
    with pytest.raises(BadInput, match="16位"):
        paper_codes.read(typed)


def found(home: House, case: int, name: str) -> list[models.Paper]:
    with home.session(None) as s:
        digest = models.Paper.objects.get(case_id=case, name=name).digest
        return paper_codes.issued(s, paper_codes.code_of(digest))


def test_a_paper_is_found_by_its_code_once_it_is_sealed(home: House) -> None:
    case = signed(home)
    assert [paper.number for paper in found(home, case, "receipt")] == ["某政受〔2024〕1号"]
    assert found(home, case, "decision") == []
    home.do("keeper", case, "stamp_paper", track_key="decide")
    assert [paper.data["label"] for paper in found(home, case, "decision")] == ["决定书"]


def test_what_is_for_the_inside_is_never_found(home: House) -> None:
    case = signed(home)
    with home.session(None):
        models.Paper.objects.filter(case_id=case, name="receipt").update(audience="internal")
    assert found(home, case, "receipt") == []
