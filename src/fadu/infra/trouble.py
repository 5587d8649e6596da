"""The one error of the infrastructure: something that the person at the keyboard can put right."""


class Trouble(RuntimeError):
    """The text says in Chinese what is wrong and what to do; it is shown without a traceback."""
