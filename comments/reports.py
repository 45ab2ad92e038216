"""Reports: a reader's word that a comment breaks the house rules. One of each reader, for moderators alone."""

from django.db import transaction
from django.utils.crypto import salted_hmac

from .models import Comment, Report
from .visibility import locked


def reporter_of(writer, network, comment_id):
    """Report.reporter: the account, else the browser, else the network, bound to the comment so that it links nothing.

    `network` is identity.network_key(): no address goes into it in clear.
    """
    who = f"account {writer.user.pk}" if writer.user else writer.token or f"network {network}"
    return salted_hmac("newsroom.report", f"{who}:{comment_id}", algorithm="sha256").hexdigest()


@transaction.atomic
def report(comment_id, reporter, reason, note=""):
    """Adds the report and counts it. A second one of the same reader, or one of what is gone by now, changes nothing.

    Returns whether it was added.
    """
    comment = locked(comment_id)
    if comment.status != Comment.Status.APPROVED or comment.reports.filter(reporter=reporter).exists():
        return False
    Report.objects.create(comment=comment, reporter=reporter, reason=reason, note=note)
    comment.report_count += 1
    comment.save(update_fields=["report_count"])
    return True
