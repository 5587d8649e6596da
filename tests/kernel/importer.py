"""A process of its own that imports a file, to be killed by a test: python importer.py FILE ORGAN OFFICER."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from fadu.infra.boot import boot

if __name__ == "__main__":
    boot("fadu_app")
    from fadu.kernel import access, bulk  # only now are the models ready
    from tests.kernel import lists

    catalogue = lists.catalogue()
    access.registry = lambda: catalogue  # type: ignore[assignment]
    path, organ, officer = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    with access.session(officer) as s:
        bulk.run(s, bulk.Entries(lists.POWERS, organ, date(2024, 1, 1)), path)
