"""A form's field for another story, named by its record number (db#3629) or by its id."""

import re

from django import forms

RECORD = re.compile(r"\s*(?:db\s*#?|#)\s*(\d{1,18})\s*\Z", re.IGNORECASE)


class StoryField(forms.ModelChoiceField):
    widget = forms.TextInput

    def prepare_value(self, value):
        """An id is shown as the record number that it belongs to; what was typed stays as it was typed."""
        if not isinstance(value, int):
            return super().prepare_value(value)
        number = self.queryset.filter(pk=value).values_list("record_number", flat=True).first()
        return value if number is None else f"db#{number}"

    def to_python(self, value):
        if match := RECORD.match(str(value or "")):
            value = self.queryset.filter(record_number=int(match[1])).values_list("pk", flat=True).first() or "0"
        return super().to_python(value)
