"""newsroom.wsgi for `make chaos`: all is imported before gunicorn forks, so that a new worker serves at once."""

from django.template import engines
from django.urls import get_resolver

from newsroom.wsgi import application

__all__ = ["application"]
engines.all()
get_resolver().url_patterns  # noqa: B018 (the first look at them imports every view)
