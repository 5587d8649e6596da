"""Django's entry to the kernel's tables."""

from importlib import import_module

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "fadu.kernel"
    label = "kernel"
    verbose_name = "法度内核"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("fadu.kernel.desk_models")
        import_module("fadu.kernel.sought_models")
