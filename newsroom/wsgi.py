import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django_application = get_wsgi_application()


def application(environ, start_response):
    """Everything here is UTF-8. A request may name another charset, even one that decodes no text ("hex"): Django would
    take it for the address too and break before any error page of ours."""
    kind, *parameters = environ.get("CONTENT_TYPE", "").split(";")
    kept = [part for part in parameters if not part.strip().lower().startswith("charset")]
    environ["CONTENT_TYPE"] = ";".join([kind, *kept])
    return django_application(environ, start_response)
