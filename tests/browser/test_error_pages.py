"""Every page that says no: it fits the screen, axe finds nothing, in either language."""

import pytest
from django.http import HttpRequest
from django.utils import translation

from newsroom import errors
from newsroom.language import prefix
from tests.browser.places import LANGUAGES
from tests.browser.test_accessibility import check
from tests.browser.test_layout import look_at_all_widths

ANSWERS = {
    400: errors.bad_request,
    403: errors.permission_denied,
    404: errors.page_not_found,
    410: lambda request: errors.gone(request, "The agency took its statement back. What it said was wrong."),
    429: lambda request: errors.too_many(request, 17),
    500: errors.server_error,
}


def error_page(status, language):
    request = HttpRequest()
    request.LANGUAGE_CODE, request.path_info = language, f"{prefix(language)}/error/"
    with translation.override(language):
        return ANSWERS[status](request)


def serve(answer):
    html, content_type = answer.content.decode(), "text/html; charset=utf-8"
    return lambda route: route.fulfill(status=answer.status_code, body=html, content_type=content_type)


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_fit_and_axe_finds_nothing(page, guard, language):
    guard.expect_status(*ANSWERS)
    faults, path = [], f"{prefix(language)}/error/"
    for status in ANSWERS:
        answer = error_page(status, language)
        assert answer.status_code == status
        page.route("**/error/", serve(answer))
        page.goto(path)
        assert str(status) in page.locator("main").inner_text()
        check(page, f"{status}", faults)
        faults += look_at_all_widths(page, f"{status}")
        page.unroute("**/error/")
    assert not faults, "\n".join(faults)
