"""One mapping of an edition's file, read field by field. Collects one sentence for each field that is wrong."""

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime

from newsroom.language import CODES
from newsroom.text import clean_block, clean_line

NUMBER = int | float
KINDS = {str: "text", dict: "a mapping", list: "a list", bool: "yes or no", int: "a whole number", NUMBER: "a number"}
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
AGE = re.compile(r"(\d{1,4})([mhdw])")
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
MOST_AGE = dt.timedelta(days=36_525)


class Row:
    """`known` names the fields there are; `where` stands before a field's name in complaints."""

    def __init__(self, data, known, where="", faults=None):
        self.faults = {} if faults is None else faults
        self.where = where
        self.data = data if isinstance(data, dict) else {}
        if not isinstance(data, dict):
            self.fault("", f"must be a mapping of fields, and is {kind_of(data)}")
        for name in self.data:
            if name not in known:
                self.fault(str(name)[:40], f"is no field here; there are {', '.join(known)}")

    def fault(self, name, sentence):
        self.faults.setdefault(self._below(name) or "entry", sentence)

    def _below(self, name):
        return ", ".join(filter(None, [self.where, name]))

    def raise_any(self):
        if self.faults:
            raise ValidationError(self.faults)

    def _value(self, name, kind, required=False):
        """The field's value when it is of this kind, else None."""
        value = self.data.get(name)
        if value is None or value == "":
            if required:
                self.fault(name, "is missing")
            return None
        if isinstance(value, kind) and not (isinstance(value, bool) and kind is not bool):
            return value
        hint = "; put it in quotes" if kind is str and isinstance(value, int | float) else ""
        self.fault(name, f"must be {KINDS[kind]}, and is {kind_of(value)}{hint}")
        return None

    def line(self, name, most=500, required=False):
        return self._bounded(name, clean_line(self._value(name, str, required) or ""), most)

    def block(self, name, most=60_000, required=False):
        return self._bounded(name, clean_block(self._value(name, str, required) or ""), most)

    def _bounded(self, name, text, most):
        if len(text) > most:
            self.fault(name, f"has {len(text)} characters; at most {most} fit")
        return text[:most]

    def key(self, name, most=80, required=False):
        key = self.line(name, most, required)
        if key and not KEY.fullmatch(key):
            self.fault(name, "must be a key: small letters, digits and single hyphens")
        return key

    def choice(self, name, choices, default=""):
        value = self.line(name) or default
        if value and value not in choices:
            self.fault(name, f"“{value[:40]}” is not one of {', '.join(choices)}")
        return value

    def flag(self, name):
        return bool(self._value(name, bool))

    def whole(self, name, least=0, most=32_000, default=0):
        value = self._value(name, int)
        if value is None:
            return default
        if not least <= value <= most:
            self.fault(name, f"must be from {least} to {most}")
            return default
        return value

    def degrees(self, name, most):
        value = self._value(name, NUMBER, required=True)
        if value is not None and not -most <= value <= most:
            self.fault(name, f"must be from -{most} to {most}")
        return value

    def lines(self, name):
        values = self._value(name, list) or []
        if not all(isinstance(value, str) for value in values):
            self.fault(name, "must be a list of texts; put numbers, yes and no in quotes")
            return []
        return values

    def texts(self, name, most=500, required=False):
        """{language: text} with the languages of the site."""
        row = Row(self._value(name, dict, required) or {}, CODES, self._below(name), self.faults)
        return {code: row.block(code, most) for code in CODES if row.data.get(code) is not None}

    def rows(self, name, known):
        values = self._value(name, list) or []
        return [
            Row(value, known, self._below(f"{name} {number}"), self.faults) for number, value in enumerate(values, 1)
        ]

    def ago(self, name, now):
        """The moment that an age (3h, 1d, 2w) means, seen from now; None without one."""
        text = self.line(name)
        if not text:
            return None
        match = AGE.fullmatch(text)
        age = dt.timedelta(**{UNITS[match[2]]: int(match[1])}) if match else None
        if age is None or age > MOST_AGE:
            self.fault(name, f"“{text[:40]}” is no age; write such as 40m, 3h, 1d or 2w")
            return None
        return now - age

    def moment(self, name):
        """An exact time with its zone; None without one."""
        text = self.line(name)
        if not text:
            return None
        try:
            moment = parse_datetime(text)
            moment = moment.astimezone(dt.UTC) if moment and moment.tzinfo else None
        except (ValueError, OverflowError):
            moment = None
        if moment is None or not 1900 <= moment.year <= 2100:
            self.fault(name, f"“{text[:40]}” is no date with time and zone; write such as 2026-11-20T08:00Z")
            return None
        return moment


def kind_of(value):
    return "nothing" if value is None else KINDS.get(type(value), "a number")


def entry_name(data, number):
    """How complaints call an entry of a list: by its key, where it has one."""
    key = data.get("key") if isinstance(data, dict) else None
    return key[:40] if key and isinstance(key, str) else f"entry {number}"
