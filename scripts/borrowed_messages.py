"""Messages of Django itself that our desk shows and that Django's Croatian does not have: ours stand in for them.

When Django has them some day, they leave this list; tests/newsroom/test_catalogue.py says so.
"""

# (message, plural form or None)
BORROWED = [
    *((text, None) for text in (
        # The frame of every page
        "Skip to main content",
        "Breadcrumbs",
        "Sidebar",
        "Toggle navigation",
        "Start typing to filter…",
        "Filter navigation items",
        "Toggle theme (current theme: auto)",
        "Toggle theme (current theme: light)",
        "Toggle theme (current theme: dark)",
        "Model name",
        "Add link",
        "Change or view list link",
        "Authentication and Authorization",
        "You don’t have permission to view or edit anything.",
        # Lists
        "Select all objects on this page for an action",
        "Select this object for an action - {}",
        "Clear all filters",
        "Show counts",
        "Hide counts",
        "Empty",
        "Not empty",
        "Select %s to view",
        "View %s",
        "View selected %(model)s",
        "Popup closing…",
        # What happened
        "Added:",
        "Changed:",
        "Deleted:",
        "Added {name} “{object}”.",
        "Changed {fields} for {name} “{object}”.",
        "Changed {fields}.",
        "Deleted {name} “{object}”.",
        "The {name} “{obj}” was added successfully.",
        "You may edit it again below.",
        "The {name} “{obj}” was added successfully. You may add another {name} below.",
        "The {name} “{obj}” was changed successfully.",
        "The {name} “{obj}” was changed successfully. You may edit it again below.",
        "The {name} “{obj}” was changed successfully. You may add another {name} below.",
        "The %(name)s “%(obj)s” was deleted successfully.",
        "%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?",
        "Yes, I’m sure",
        # Forms
        "Error:",
        "Hold down “Control”, or “Command” on a Mac, to select more than one.",
        "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
        "Null characters are not allowed.",
        "“%(value)s” value must be an integer.",
        # Accounts and passwords
        "After you’ve created a user, you’ll be able to edit more user options.",
        "Set password",
        "Set password: %s",
        "Reset password",
        "Password-based authentication",
        "Enabled",
        "Disabled",
        "Whether the user will be able to authenticate using a password or not. If disabled, they may still be able to "
        "authenticate using other backends, such as Single Sign-On or LDAP.",
        "Enable password-based authentication for this user by setting a password.",
        "Raw passwords are not stored, so there is no way to see the user’s password.",
        "The two password fields didn’t match.",
        "The password is too similar to the %(verbose_name)s.",
        "Your password can’t be too similar to your other personal information.",
        "This password is too common.",
        "Your password can’t be a commonly used password.",
        "Your password can’t be entirely numeric.",
        "Please enter your old password, for security’s sake, and then enter your new password twice so we can verify "
        "you typed it in correctly.",
        "Thanks for spending some quality time with the web site today.",
    )),
    ("Please correct the error below.", "Please correct the errors below."),
    (
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
]  # fmt: skip
