"""Every template of every declaration as .docx and back: the same template; and it passes its own checks."""

from __future__ import annotations

from datetime import date

import pytest

from fadu.infra.official import parse
from fadu.kernel import documents
from fadu.kernel.paper_templates import Kind
from fadu.kernel.template_files import from_file, to_file
from fadu.kernel.template_samples import bare
from fadu.kernel.template_words import normalised
from fadu.rules.registry import Room, registry
from tests.contract.test_systems import env

ROOMS = registry().rooms


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_template_that_was_fetched_and_sent_back_is_the_same(room: Room) -> None:
    seen = set()
    for procedure in room.procedures:
        case = bare(procedure)
        for paper in procedure.papers:
            kind = Kind(procedure, paper, documents.built_in(paper, room.documents))
            assert kind.faults(kind.built_in) == [], paper.label
            words = kind.words
            if (shown := words.shown(kind.built_in)) in seen:
                continue
            seen.add(shown)
            back, faults = from_file(words, "改.docx", to_file(words, kind.built_in, paper.label))
            assert (faults, normalised(back)) == ([], normalised(kind.built_in)), paper.label
            day = date(2024, 3, 1)
            variables = documents.context(case, procedure, env(), number="1号", organ="甲", body="乙", day=day)
            made = [parse(documents.render(paper, text, variables)) for text in (kind.built_in, back)]
            assert made[0] == made[1], f"{paper.label} is printed otherwise"
    assert bool(seen) == any(procedure.papers for procedure in room.procedures)
