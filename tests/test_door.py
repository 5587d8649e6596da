"""The door `./fadu`: what it says when something is missing, what it prepares and when, from anywhere."""

import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
TOOLS = "cat cksum cp dirname env flock grep mkdir readlink rm sed sh sleep tail tr"

# A Python that writes down what it is asked and pretends to do it. `FAKE` names what it lacks.
FAKE_PYTHON = """#!/bin/sh
echo "$*" >>"$FAKE_LOG"
case "$*" in
    *platform*) echo 3.9.2 ;;
    *version_info*) case $FAKE in *old*) exit 1 ;; esac ;;
    *ensurepip*) case $FAKE in *bare*) exit 1 ;; esac ;;
    "-m venv "*) case $FAKE in *empty*) echo "ensurepip is not available"; exit 1 ;; esac
        mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
    "-m uv --version" | *installer.lock*) case $FAKE in *no-uv*) exit 1 ;; esac ;;
    *"pip sync"*) case $FAKE in *brief*) sleep 1 ;; *slow*) echo $$ >"$FAKE_LOG.pid"; exec sleep 30 ;; esac ;;
    "-m pip install"*.lock) case $FAKE in *no-net*) echo "no route"; exit 1 ;; esac ;;
    "-m fadu"*) echo "ran $*" ;;
esac
exit 0
"""


def _heed_interrupts() -> None:
    """Tests that run in the background, or under nohup, ignore these with all they start; no shell can undo that."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


class Door:
    """A checkout with nothing but the door and the lock files, and a machine with nothing but our tools."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "政务 checkout"
        self.tools = folder / "bin"
        self.log = folder / "asked"
        self.checkout.mkdir()
        self.tools.mkdir()
        for name in ("fadu", "pyproject.toml"):
            shutil.copy2(CHECKOUT / name, self.checkout)
        shutil.copytree(CHECKOUT / "requirements", self.checkout / "requirements")
        for tool in TOOLS.split():
            if found := shutil.which(tool):
                (self.tools / tool).symlink_to(found)

    def give_python(self, name: str = "python3") -> None:
        """Install the pretending Python."""
        (self.tools / name).write_text(FAKE_PYTHON)
        (self.tools / name).chmod(0o755)

    def start(self, *arguments: str, fake: str = "", **extra: str) -> subprocess.Popen[str]:
        """Call the door from another folder, without a terminal."""
        environment = {"PATH": str(self.tools), "FAKE_LOG": str(self.log), "FAKE": fake, **extra}
        command = [extra.pop("door", str(self.checkout / "fadu")), *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command,
            env=environment,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=pipe,
            stderr=pipe,
            text=True,
            preexec_fn=_heed_interrupts,  # noqa: PLW1509 there are no threads here
        )

    def run(self, *arguments: str, fake: str = "", **extra: str) -> tuple[int, str, str]:
        """Call it and wait: exit code, output, messages."""
        process = self.start(*arguments, fake=fake, **extra)
        output, messages = process.communicate(timeout=30)
        return process.returncode, output, messages

    def asked(self) -> list[str]:
        """What Python was asked since the last question."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return lines

    def installed(self) -> list[str]:
        """The lock files that were installed."""
        return [match[1] for line in self.asked() if (match := re.search(r"pip (?:sync|install).*?(\w+)\.lock$", line))]


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return Door(tmp_path)


def test_without_python_it_says_what_to_install(door: Door) -> None:
    code, output, messages = door.run("demo")
    assert code == 1
    assert output == ""
    assert "没有找到 Python" in messages
    assert "apt install python3 python3-venv" in messages


def test_an_old_python_is_named(door: Door) -> None:
    door.give_python()
    code, _, messages = door.run("demo", fake="old")
    assert code == 1
    assert "需要 Python 3.11 或更高版本，现有版本是 3.9.2" in messages


@pytest.mark.parametrize("lack", ["bare", "empty"])
def test_a_python_without_venv_is_told_apart(door: Door, lack: str) -> None:
    door.give_python()
    code, _, messages = door.run("demo", fake=lack)
    assert code == 1
    assert "缺少 venv" in messages
    assert "apt install python3 python3-venv" in messages
    assert door.run("demo")[:2] == (0, "ran -m fadu demo\n"), "and works when it was installed"


def test_a_named_python_that_is_not_there(door: Door) -> None:
    code, _, messages = door.run(FADU_PYTHON="/opt/none/python3")
    assert code == 1
    assert "FADU_PYTHON 指定的 /opt/none/python3 不存在" in messages


def test_a_named_python_is_taken_or_refused_but_never_passed_over(door: Door) -> None:
    door.give_python("python3")
    door.give_python("my python")
    named = str(door.tools / "my python")
    assert "现有版本是 3.9.2" in door.run("demo", fake="old", FADU_PYTHON=named)[2]
    code, _, messages = door.run("demo", FADU_PYTHON=named)
    assert code == 0
    assert named in messages


def test_any_of_the_known_names_will_do(door: Door) -> None:
    door.give_python("python3.12")
    code, output, _ = door.run("demo")
    assert (code, output) == (0, "ran -m fadu demo\n")


def test_it_prepares_once_and_again_when_the_lock_changes(door: Door) -> None:
    door.give_python()
    code, output, messages = door.run("demo", "--port", "9 0")
    assert (code, output) == (0, "ran -m fadu demo --port 9 0\n")
    assert [line for line in messages.splitlines() if not line.startswith("法度：")] == []
    assert door.installed() == ["core"]
    assert door.run("demo") == (0, "ran -m fadu demo\n", "")
    assert door.asked() == ["-m fadu demo"], "a prepared checkout asks Python for one thing only"
    with (door.checkout / "requirements" / "core.lock").open("a") as lock:
        lock.write("# changed\n")
    door.run("demo")
    assert door.installed() == ["core"]


@pytest.mark.parametrize("command", ["test", "check", "bench"])
def test_developers_get_more_and_keep_it(door: Door, command: str) -> None:
    door.give_python()
    door.run("serve")
    assert door.installed() == ["core"]
    door.run(command)
    assert door.installed() == ["dev"]
    door.run("serve")
    assert door.installed() == []
    with (door.checkout / "requirements" / "core.lock").open("a") as lock:
        lock.write("# changed\n")
    door.run("serve")
    assert door.installed() == ["dev"], "what developers have is not taken away"


def test_a_moved_checkout_is_prepared_anew(door: Door) -> None:
    door.give_python()
    door.run("demo")
    door.checkout = door.checkout.rename(door.checkout.with_name("moved"))
    door.asked()
    assert door.run("demo")[:2] == (0, "ran -m fadu demo\n")
    assert any(line.startswith("-m venv") for line in door.asked())


def test_pip_does_it_where_uv_cannot_be_had(door: Door) -> None:
    door.give_python()
    code, _, messages = door.run("demo", fake="no-uv")
    assert code == 0
    assert "改用 pip" in messages
    assert any("--require-hashes" in line and line.endswith("core.lock") for line in door.asked())


def test_a_failed_installation_shows_why_and_is_tried_again(door: Door) -> None:
    door.give_python()
    code, _, messages = door.run("demo", fake="no-uv no-net")
    assert code == 1
    assert "no route" in messages
    assert "软件包安装失败" in messages
    assert door.run("demo")[0] == 0


@pytest.mark.parametrize("lock", ["flock", "folder"])
def test_two_at_once_prepare_once(door: Door, lock: str) -> None:
    door.give_python()
    if lock == "folder":
        (door.tools / "flock").unlink(missing_ok=True)
    both = [door.start("demo", fake="brief") for _ in range(2)]
    outputs = [process.communicate(timeout=30) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert [output for output, _ in outputs] == ["ran -m fadu demo\n"] * 2
    assert door.installed() == ["core"]
    assert not (door.checkout / ".venv.lock.d").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_interrupted_it_leaves_nothing_running(door: Door, number: signal.Signals) -> None:
    door.give_python()
    process = door.start("demo", fake="slow")
    holder = Path(f"{door.log}.pid")
    for _ in range(200):
        if holder.exists() and holder.read_text().strip():
            break
        time.sleep(0.05)
    process.send_signal(number)
    _, messages = process.communicate(timeout=10)
    assert process.returncode == 130
    assert "已中断" in messages
    with pytest.raises(ProcessLookupError):
        os.kill(int(holder.read_text()), 0)
    door.asked()
    assert door.run("demo")[0] == 0
    assert any(line.startswith("-m venv") for line in door.asked()), "nothing is built on what was cut off"


def test_a_link_to_it_in_another_folder(door: Door, tmp_path: Path) -> None:
    door.give_python()
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "relative").symlink_to(Path("..") / door.checkout.name / "fadu")
    (tmp_path / "links" / "twice").symlink_to("relative")
    code, output, _ = door.run("demo", door=str(tmp_path / "links" / "twice"))
    assert (code, output) == (0, "ran -m fadu demo\n")
    assert (door.checkout / ".venv").is_dir()


def test_the_real_one_from_another_folder(tmp_path: Path) -> None:
    (tmp_path / "f").symlink_to(CHECKOUT / "fadu")
    done = subprocess.run([tmp_path / "f", "--version"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stdout.startswith("法度 ")


@pytest.mark.parametrize("lock", sorted((CHECKOUT / "requirements").glob("*.lock")), ids=lambda path: path.name)
def test_lock_files_name_no_host_and_check_every_file(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert " @ " not in text
    packages = re.findall(r"^([a-z0-9][^\s=]*)==[^\s\\;]+.*\\$\n(    --hash=sha256:[0-9a-f]{64})", text, re.M)
    assert len(packages) == len(re.findall(r"^[a-z0-9]", text, re.M)) > 0


def test_developers_have_the_same_versions_as_everybody() -> None:
    def versions(name: str) -> dict[str, str]:
        text = (CHECKOUT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
        return dict(re.findall(r"^([a-z0-9][^\s=]*)==([^\s\\;]+)", text, re.M))

    assert versions("core").items() <= versions("dev").items()
