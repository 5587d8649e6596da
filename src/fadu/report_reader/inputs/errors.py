"""What is said of a file that cannot be read."""

from fadu.rules.errors import Refusal


class NotReadable(Refusal):
    """A file out of which no text can be taken: why, and what to do."""

    code = "not_readable"
