"""A real SMTP server on loopback that keeps what it gets, and refuses what a test wants it to refuse."""

import contextlib
import email
import email.policy
import socket

from aiosmtpd.controller import Controller


class Inbox:
    """`mails`: the messages that came, with `envelope_to`. `refuse`: addresses that get a 550."""

    def __init__(self):
        self.mails, self.refuse = [], set()

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address in self.refuse:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        message.envelope_to, message.raw = envelope.rcpt_tos, envelope.content
        self.mails.append(message)
        return "250 OK"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@contextlib.contextmanager
def mail_server(port, inbox):
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield inbox
    finally:
        controller.stop()
