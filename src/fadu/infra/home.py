"""Where a house keeps its data, and the few files that lie there."""

import os
import secrets
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]


def home() -> Path:
    """The data folder: FADU_HOME, else `var` of the checkout, else a folder of the user."""
    if named := os.environ.get("FADU_HOME"):
        return Path(named).expanduser().absolute()
    if (CHECKOUT / "pyproject.toml").is_file():
        return CHECKOUT / "var"
    return Path.home() / ".local" / "share" / "fadu"


def make_private(path: Path, content: str) -> None:
    """Write a file that only its owner may read; an existing file is left alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(content)
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass  # another process was first: its content stands
    finally:
        temporary.unlink()


def secret_key() -> str:
    """The key of sessions and signatures of the web: FADU_SECRET_KEY, else made at the first start."""
    if given := os.environ.get("FADU_SECRET_KEY"):
        return given
    path = home() / "secret_key"
    if not path.is_file():
        make_private(path, secrets.token_urlsafe(50) + "\n")
    return path.read_text(encoding="utf-8").strip()
