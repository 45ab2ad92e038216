"""Limits of readers' accounts: what is sent is counted before anything is tried.

Per network, and per address that is tried or mailed. The page is shown again with what was typed; passwords are not.
"""

from django import forms
from django.utils.translation import gettext as _

from .login import identity, moment_after
from .ratelimit import hit, network_of


class Limited:
    """For a FormView. `tries` and `mails` name the limits of the address, where the form has one."""

    tries = "account-email"
    mails = None

    def post(self, request, *args, **kwargs):
        wait = self.wait()
        return self.too_many(wait) if wait else super().post(request, *args, **kwargs)

    def wait(self):
        """Seconds until this may be tried again, or 0. Whoever used up their network counts against no address."""
        limits = [("account-network", network_of(self.request))]
        if who := self.identity():
            limits += [(limit, who) for limit in (self.tries, self.mails) if limit]
        for limit, counted in limits:
            if wait := hit(limit, counted):
                return wait
        return 0

    def identity(self):
        address = self.address()
        return identity(self.request, address) if address else ""

    def address(self):
        """The e-mail address that is tried."""
        return self.request.POST.get("email", "")

    def too_many(self, wait):
        if hasattr(self, "get_object"):
            self.object = self.get_object()
        kwargs = self.get_form_kwargs()
        typed = kwargs.pop("data", {})
        kwargs.pop("files", None)
        # A password is never written into a page by its field.
        kwargs["initial"] = {name: typed[name] for name in typed}
        context = self.get_context_data(form=self.tidied(self.get_form_class()(**kwargs)))
        context["too_many"] = too_many_sentence(wait)
        response = self.render_to_response(context, status=429)
        response["Retry-After"] = str(wait)
        return response

    def get_form(self, form_class=None):
        return self.tidied(super().get_form(form_class))

    def tidied(self, form):
        """allauth repeats each label inside its field, and spells e-mail in a way of its own."""
        for field in form.fields.values():
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.EmailField):
                field.label = _("E-mail")
        return form


def too_many_sentence(wait):
    return _("Too many attempts. Try again at %(time)s (%(zone)s), in %(minutes)d min.") % moment_after(wait)
