"""The reader is a plain library."""

import random
import subprocess
import sys

from fadu.report_reader import read
from tests.report_reader.passages import passages


def test_neither_django_nor_a_database_is_loaded() -> None:
    program = (
        "import sys; from fadu.report_reader import read; assert read('受理5件。').claims;"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('django', 'psycopg', 'readability', 'docx')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_piece_of_a_text_is_too_strange() -> None:
    whole = "\n".join(passage.text for passage in passages("seen.txt"))
    chance = random.Random(5)
    for _ in range(300):
        start = chance.randrange(len(whole))
        piece = whole[start : start + chance.randrange(1, 60)]
        reading = read(piece)
        assert all(reading.source[one.start : one.end] == one.raw for one in reading.claims)
