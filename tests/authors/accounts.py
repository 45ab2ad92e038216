"""What the tests of readers' accounts share: people, forms sent, and the code out of the newest mail."""

import re

from django.core import mail

from tests import factories

PASSWORD = factories.PASSWORD
CODE = re.compile(r"^ {4}(\S+)$", re.MULTILINE)


def make_reader(email="petra@example.org", name="Petra K.", **fields):
    from allauth.account.models import EmailAddress

    user = factories.make_user(email, name, **{"is_staff": False, **fields})
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def code():
    return CODE.search(mail.outbox[-1].body)[1]


def sign_up(client, name="Petra K.", email="petra@example.org", password="", **more):
    return client.post("/accounts/signup/", {"display_name": name, "email": email, "password1": password, **more})


def confirm(client, typed=None, **more):
    return client.post("/accounts/confirm-email/", {"code": typed or code(), **more})


def sign_in(client, email="petra@example.org", password=PASSWORD, **extra):
    return client.post("/accounts/login/", {"login": email, "password": password}, **extra)


def ask_code(client, email="petra@example.org", **extra):
    return client.post("/accounts/login/code/", {"email": email}, **extra)


def type_code(client, typed=None, **more):
    return client.post("/accounts/login/code/confirm/", {"code": typed or code(), **more})


def is_signed_in(client):
    return client.get("/accounts/").status_code == 200
