"""The moderators' pages, below /admin/comments/. Put in front of the admin's own by desk/admin_site.py."""


def urls(site):
    return []
