from importlib import import_module

from django.apps import AppConfig

from accounts.converters import register


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People and organisations"

    def ready(self) -> None:
        register()
        # Receivers are known to their signals from being imported; models are not ready before.
        import_module("accounts.signals")
