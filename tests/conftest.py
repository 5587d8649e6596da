"""Fixtures of all tests, and what to do where a browser or an office suite is missing."""

import gc
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import settings as hypothesis_settings

from tests.fixtures.browser import (
    accessibility_faults,
    browser_context_args,
    browser_type_launch_args,
    chromium,
    desktop,
    live,
    phone,
)
from tests.fixtures.database import (
    database_server,
    django_db_setup,
    migrated_template,
    own_database,
    share_compiled,
)

__all__ = [
    "accessibility_faults",
    "browser_context_args",
    "browser_type_launch_args",
    "database_server",
    "desktop",
    "django_db_setup",
    "live",
    "migrated_template",
    "own_database",
    "phone",
]

# Playwright keeps an event loop in the main thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# Tests never touch the house that the machine's user works with.
for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "FADU_DB_NAME", "FADU_DB_ROLE"):
    os.environ.pop(name, None)

hypothesis_settings.register_profile("fadu", deadline=None, derandomize="CI" in os.environ)
hypothesis_settings.load_profile("fadu")

BROWSER_FIXTURES = {"browser", "context", "page", "desktop", "phone"}
PROGRAMS: dict[str, tuple[str, Callable[[], str | None]]] = {
    "browser": ("没有 Chromium", chromium),
    "office": ("没有 LibreOffice", lambda: shutil.which("soffice")),
}


@pytest.fixture(scope="session", autouse=True)
def house_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of this test process."""
    folder = tmp_path_factory.mktemp("house")
    share_compiled(folder)
    os.environ["FADU_HOME"] = str(folder)
    os.environ["FADU_KEYS"] = str(tmp_path_factory.mktemp("keys"))
    settings.MEDIA_ROOT = str(folder / "files")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # slow hashes are for real houses
    return folder


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Two more than there are cores: for a good part of their time tests wait for a browser, a server or a disk."""
    return (os.cpu_count() or 1) + 2


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whoever asks for a page needs a browser. In parallel the slow begin, so that nobody waits for one in the end."""
    for item in items:
        if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the garbage collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def pytest_sessionfinish() -> None:
    """What was frozen is given back, else packages in C report it as lost."""
    gc.unfreeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test whose program is missing is skipped here, and fails where everything must be there."""
    for mark, (reason, find) in PROGRAMS.items():
        if item.get_closest_marker(mark) and find() is None:
            if os.environ.get("CI") == "true":
                pytest.fail(f"{reason}；CI 中不允许跳过", pytrace=False)
            pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests were left out, and what to install."""
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    for reason, _ in PROGRAMS.values():
        if number := sum(reason in text for text in skipped):
            terminalreporter.write_line(
                f"有 {number} 项测试因{reason} 而跳过；Debian 可安装 chromium、libreoffice-writer-nogui。"
            )
