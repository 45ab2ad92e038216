from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsroom.backoffice import KeptAdmin

from .forms import AccountForm, AuthorForm, NewAccountForm
from .groups import GROUPS
from .models import Author, User


def rights_of(user):
    """What the account may do, also while it is switched off: get_all_permissions() is empty then."""
    rights = Permission.objects.filter(Q(user=user) | Q(group__user=user))
    return {f"{app}.{name}" for app, name in rights.values_list("content_type__app_label", "codename").order_by()}


@admin.register(User)
class AccountAdmin(KeptAdmin, UserAdmin):
    """Accounts are switched off, never deleted. Nobody changes the account of one who may do more than they."""

    form, add_form = AccountForm, NewAccountForm
    list_display = ["email", "display_name", "group_names", "is_staff", "is_active", "last_login"]
    list_filter = ["is_active", "is_staff", "groups"]
    search_fields = ["email", "display_name"]
    ordering = ["display_name", "id"]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    add_fieldsets = [
        (None, {"fields": ["email", "display_name", "usable_password", "password1", "password2"]}),
    ]
    fieldsets = [
        (None, {"fields": ["email", "display_name", "password"]}),
        (_("At the desk"), {"fields": ["language", "is_active", "is_staff", "groups"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    superuser_fieldset = (_("Superuser"), {"fields": ["is_superuser", "user_permissions"]})

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def save_model(self, request, obj, form, change):
        """Whoever holds an address that the account no longer has shall not sign in with it."""
        super().save_model(request, obj, form, change)
        EmailAddress.objects.filter(user=obj).exclude(email=obj.email).delete()

    @admin.display(description=_("groups"))
    def group_names(self, user):
        return ", ".join(group.name for group in user.groups.all())

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, self.superuser_fieldset] if obj and request.user.is_superuser else fieldsets

    def has_change_permission(self, request, obj=None):
        """Whoever sets a password can sign in with it: an account with more rights, single or by a group made by hand,
        is closed to one with fewer, and a superuser's to all but superusers."""
        if obj is not None and not request.user.is_superuser:
            has_more = obj.is_superuser or not rights_of(obj) <= request.user.get_all_permissions()
            return not has_more and super().has_change_permission(request, obj)
        return super().has_change_permission(request, obj)

    def get_readonly_fields(self, request, obj=None):
        """Groups that somebody made by hand may hold more rights than ours: they are a superuser's to give."""
        readonly = list(super().get_readonly_fields(request, obj))
        by_hand = obj and not request.user.is_superuser and obj.groups.exclude(name__in=GROUPS).exists()
        return [*readonly, "groups"] if by_hand else readonly

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups" and request and not request.user.is_superuser:
            field.queryset = field.queryset.filter(name__in=GROUPS)
        return field


@admin.register(Author)
class AuthorAdmin(KeptAdmin):
    form = AuthorForm
    list_display = ["name", "kind", "accountable", "position", "is_active"]
    list_filter = ["kind", "is_active"]
    list_select_related = ["accountable"]
    search_fields = ["name"]
    raw_id_fields = ["portrait"]
    autocomplete_fields = ["accountable", "user"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", *AuthorForm.field_names()]}),
        (_("Who stands behind it"), {"fields": ["sigil", "portrait", "model_name", "accountable", "user"]}),
        (_("In lists"), {"fields": ["position", "is_active"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(["slug", "kind"] if obj else [])]
