from django.apps import AppConfig


class TrackerConfig(AppConfig):
    name = "tracker"
    verbose_name = "Space Tracker"

    def ready(self):
        from . import checks  # noqa: F401 - it registers itself
