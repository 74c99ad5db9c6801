from django.apps import AppConfig

from accounts.converters import register


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People and organisations"

    def ready(self) -> None:
        register()
