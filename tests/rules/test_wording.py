"""Two wordings of one text: what is told with figures must stand in the other, reworded or not."""

from __future__ import annotations

import pytest

from fadu.rules.wording import Differing, differing, figures

TOLD = "全年召开会议4次，其中政府常务会议研究法治工作3次。维持9件，撤销6件；出庭应诉率为99%。\n深入推进。"


@pytest.mark.parametrize(
    "text",
    [
        TOLD,
        "全年召开会议４次，其中政府常务会议 研究法治工作3次。维持9件，撤销6件。出庭应诉率为99％！",
        "今年全年共召开会议4次，其中政府常务会议研究法治工作3次，均有纪要；决定维持9件，撤销6件，纠错4件；出庭应诉率为99%",
    ],
)
def test_the_same_figures_in_the_same_order_are_the_same(text: str) -> None:
    assert differing([TOLD], text) == ()


@pytest.mark.parametrize(
    ("text", "sentence", "other"),
    [
        (TOLD.replace("6件", "5件"), "维持9件，撤销6件", "维持9件，撤销5件"),
        (TOLD.replace("9件，撤销6件", "6件，撤销9件"), "维持9件，撤销6件", "维持6件，撤销9件"),
        (TOLD.replace("6件", "6宗"), "维持9件，撤销6件", "维持9件，撤销6宗"),
        (TOLD.replace("99%", "100%"), "出庭应诉率为99%", "出庭应诉率为100%"),
        (TOLD.replace("维持9件，撤销6件；", ""), "维持9件，撤销6件", None),
    ],
)
def test_another_figure_names_both_sentences(text: str, sentence: str, other: str | None) -> None:
    assert differing([TOLD], text) == (Differing(sentence, other),)


def test_a_number_is_the_same_with_and_without_signs_between_its_thousands() -> None:
    assert figures("罚款1,234,567元、1234567元、1.5万元") == ("1234567元", "1234567元", "1.5万")
    assert differing(["参加2,633人次"], "参加2633人次") == ()
