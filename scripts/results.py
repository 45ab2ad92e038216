"""Reads what pytest reported, test by test, and judges the whole: failures, skips, differences between databases."""

from xml.etree import ElementTree

DATABASES = ("SQLite", "PostgreSQL")
FAULTS = ("failure", "error", "skipped")
SHOWN = 20


def read(path):
    """{test: "passed", "failure", "error" or "skipped"}. pytest writes an expected failure as skipped, too."""
    if not path.exists():
        return {}
    outcomes = {}
    for case in ElementTree.parse(path).iter("testcase"):  # noqa: S314 (our own pytest wrote it)
        name = f"{case.get('classname')}::{case.get('name')}"
        outcome = next((fault for fault in FAULTS if case.find(fault) is not None), "passed")
        # A test may appear twice, once for its teardown's error.
        if outcomes.get(name, "passed") == "passed":
            outcomes[name] = outcome
    return outcomes


def report(runs, whole):
    """Prints the table and every reason to fail. `runs`: {(part, database): (exit code, outcomes)}. Returns 0 or 1."""
    _table(runs)
    faults = list(_faults(runs, whole))
    for fault in faults[:SHOWN]:
        print(fault)
    if len(faults) > SHOWN:
        print(f"… and {len(faults) - SHOWN} more")
    everything = [outcome for _code, outcomes in runs.values() for outcome in outcomes.values()]
    passed = everything.count("passed")
    print(f"\n{passed} passed, {len(everything) - passed} failed", flush=True)
    return 1 if faults else 0


def _table(runs):
    print(f"\n{'passed':<10}" + "".join(f"{name:>12}" for name in DATABASES))
    for part in dict.fromkeys(part for part, _database in runs):
        counts = (list(runs[part, name][1].values()).count("passed") for name in DATABASES)
        print(f"{part:<10}" + "".join(f"{count:>12}" for count in counts))


def _faults(runs, whole):
    for (part, database), (code, outcomes) in runs.items():
        for name, outcome in outcomes.items():
            if outcome == "skipped":
                yield f"SKIPPED on {database}: {name} (a test that cannot run is a failure)"
            elif outcome != "passed":
                yield f"FAILED on {database}: {name}"
        if code:
            yield f"pytest ended with {code}: {part} on {database}"
        if whole and not outcomes:
            yield f"No test ran: {part} on {database}"
    if not any(outcomes for _code, outcomes in runs.values()):
        yield "No test ran at all."
    if whole:
        yield from _differences(runs)


def _differences(runs):
    for part in dict.fromkeys(part for part, _database in runs):
        here, there = (set(runs[part, name][1]) for name in DATABASES)
        for only, database in ((here - there, DATABASES[0]), (there - here, DATABASES[1])):
            yield from (f"ONLY on {database}: {name} (both databases must run every test)" for name in sorted(only))
