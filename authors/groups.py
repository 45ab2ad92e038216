"""The staff's groups and what each may do. Set after every migrate, because only then all permissions exist."""

# post_migrate comes once per app that has models, in the order of INSTALLED_APPS, and within one app our handler runs
# before the one of auth that makes the app's permissions. So we wait for an app that comes after all of ours.
LAST_APP = "django.contrib.sessions"

EDITORS = {
    "articles": {
        # Editors publish too: the groups differ in what they may set up, not in who may go live.
        "article": ("add", "change", "view", "publish"),
        "revision": ("view",),
        "publication": ("view",),
        "correction": ("add", "change", "view"),
        "source": ("add", "change", "view"),
        "place": ("add", "change", "view"),
        "tag": ("add", "change", "view"),
        "category": ("view",),
        "placement": ("add", "change", "delete", "view"),
        "standingpage": ("view",),
    },
    "photos": {"photo": ("add", "change", "view")},
    "authors": {"author": ("view",)},
    "comments": {"comment": ("view",)},
    "tracker": {"feed": ("view",), "satellite": ("view",), "launch": ("view",)},
}
MODERATE = {"comment": ("change", "view", "moderate"), "listedword": ("add", "change", "view", "delete")}
CHIEF_EDITORS = {
    "articles": {
        **EDITORS["articles"],
        "category": ("add", "change", "view"),
        "standingpage": ("add", "change", "view"),
        "redirect": ("add", "change", "view", "delete"),
    },
    "photos": EDITORS["photos"],
    "authors": {"author": ("add", "change", "view"), "user": ("add", "change", "view")},
    "comments": MODERATE,
    "tracker": EDITORS["tracker"],
}
MODERATORS = {
    "articles": {"article": ("view",)},
    "authors": {"author": ("view",)},
    "comments": MODERATE,
}
GROUPS = {"Editors": EDITORS, "Chief editors": CHIEF_EDITORS, "Moderators": MODERATORS}


def wanted(rights):
    for app, models in rights.items():
        for model, actions in models.items():
            for action in actions:
                yield app, f"{action}_{model}"


def create_groups(sender=None, using="default", **kwargs):
    """Creates the groups and gives them their permissions; an operator's additions to them stay."""
    if sender is not None and sender.name != LAST_APP:
        return
    from django.contrib.auth.models import Group, Permission

    known = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.using(using).select_related("content_type")
    }
    for name, rights in GROUPS.items():
        group, _created = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*(known[right] for right in wanted(rights) if right in known))
