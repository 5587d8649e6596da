"""Facts of a room are built when they are first used, by whichever thread that is."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Annotated

import pytest
from pydantic import ValidationError

from fadu.rules.facts import Count, Fact, Facts, Text

THREADS = 8


def test_whichever_thread_asks_first_gets_whole_facts() -> None:
    class Asked(Facts):
        subject: Annotated[Text, Fact("事由")]
        pages: Annotated[Count, Fact("页数")]

    together = Barrier(THREADS)

    def ask(number: int) -> tuple[str, int]:
        together.wait()
        with pytest.raises(ValidationError):
            Asked.model_validate({"subject": "某事", "pages": number, "more": 1})
        found = Asked.model_validate({"subject": "某事", "pages": number})
        return found.subject, found.pages

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(ask, range(THREADS))) == [("某事", number) for number in range(THREADS)]
