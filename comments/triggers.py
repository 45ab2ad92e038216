"""The database's own guard of the log: a Decision is never changed and never deleted.

One exception: the text that it was made on is blanked when the comment's writer deletes the comment.
"""

from newsroom.triggers import AppendOnly, Rule

TABLE, MESSAGE = "comments_decision", "the log of decisions is append-only"
KEPT = ["id", "action", "comment_id", "commenter_id", "article_id", "user_id", "made_at", "why", "seal", "was"]
KEPT += ["undoes_id"]

LOG = AppendOnly(
    {
        "decision_no_update": Rule(TABLE, "UPDATE", lambda same: f"{same(KEPT)} AND NEW.body = ''", MESSAGE),
        "decision_no_delete": Rule(TABLE, "DELETE", lambda same: "1 = 0", MESSAGE),
    }
)
