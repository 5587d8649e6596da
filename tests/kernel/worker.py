"""A worker on the small house, in a process of its own: `python -m tests.kernel.worker DAY [--once] [--clock]`.

--lists: with registers. Without --clock it does what is on the queue and puts nothing there by itself.
"""

import sys
from datetime import datetime, time

from fadu.infra.boot import boot

boot("fadu_app")

from datetime import date  # noqa: E402

from fadu.infra import clock, jobs  # noqa: E402
from fadu.infra.clock import SHANGHAI  # noqa: E402
from fadu.kernel import access  # noqa: E402
from fadu.kernel import jobs as tasks  # noqa: E402
from tests.kernel import lists, small  # noqa: E402

if __name__ == "__main__":
    catalogue = lists.catalogue() if "--lists" in sys.argv else small.catalogue()
    moment = datetime.combine(date.fromisoformat(sys.argv[1]), time(10), SHANGHAI)
    access.registry = lambda: catalogue
    clock.now = lambda: moment
    assert tasks.scan.__name__ in jobs.app.tasks
    if "--clock" not in sys.argv:
        jobs.app.periodic_registry.periodic_tasks.clear()
    jobs.work(once="--once" in sys.argv)
