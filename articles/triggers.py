"""The database's own guard of the history: a Revision is never changed and never deleted, and what the public has read
(a Publication that has ended) neither.

Two exceptions. For a court or a privacy request a revision may be redacted, once, which blanks its content and keeps
its number, its author, its time and its original hash. A publication that has not ended may end; while it has not, it
may also be a plan that is taken back, so its deletion is left to publishing.py, which deletes what is to come alone.
"""

from newsroom.triggers import AppendOnly, Rule

REVISION, PUBLICATION = "articles_revision", "articles_publication"
KEPT = ["id", "article_id", "number", "sha256", "canonical_version"]
KEPT += ["created_at", "created_by_id", "reason", "translated_from_id"]
KEPT_OF_PUBLICATION = ["id", "article_id", "revision_id", "shown_from"]
MESSAGE, MESSAGE_OF_PUBLICATION = "a revision is append-only", "what the public has read is append-only"


def _redaction(same):
    return f"{same(KEPT)} AND OLD.redacted_at IS NULL AND NEW.redacted_at IS NOT NULL AND NEW.content = '{{}}'"


def _end(same):
    return f"{same(KEPT_OF_PUBLICATION)} AND OLD.shown_until IS NULL AND NEW.shown_until IS NOT NULL"


HISTORY = AppendOnly(
    {
        "revision_no_update": Rule(REVISION, "UPDATE", _redaction, MESSAGE),
        "revision_no_delete": Rule(REVISION, "DELETE", lambda same: "1 = 0", MESSAGE),
        "publication_no_update": Rule(PUBLICATION, "UPDATE", _end, MESSAGE_OF_PUBLICATION),
        "publication_no_delete": Rule(
            PUBLICATION, "DELETE", lambda same: "OLD.shown_until IS NULL", MESSAGE_OF_PUBLICATION
        ),
    }
)
