"""`make test`: every test on SQLite and on PostgreSQL, with Redis, browser tests in Chromium; none is left out unseen.

What is given on the command line (`make test ARGS="-k like"`) goes to pytest as it is.
"""

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import chromium
import exiftool
import leftovers
import postgres
import prepare
import redis_server
import results

PARTS = {"tests": "not browser", "browser": "browser"}
NO_TESTS = 5  # pytest's exit code when its choice is empty
# On a busy machine a page may come too late for its test. So few failures in the browser are tried once more, by
# themselves, and named at the end; more of them are no accident.
MOST_TRIED_AGAIN = 3
PROBE = """
import sys, psycopg
try:
    with psycopg.connect(sys.argv[1], connect_timeout=10) as connection:
        found = {name for (name,) in connection.execute("SELECT name FROM pg_available_extensions")}
except psycopg.Error as error:
    sys.exit(str(error).splitlines()[0])
if missing := {"pg_trgm", "unaccent"} - found:
    sys.exit("it has no " + ", ".join(missing))
"""


def main(arguments):
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts background jobs with it ignored
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGHUP, _end)
    leftovers.adopt()
    prepare.ensure_packages("dev")
    prepare.ensure_assets()
    browser = chromium.for_tests()
    exiftool.ensure()
    outcomes, again = {}, {}
    try:
        with contextlib.ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-tests-")))
            databases = {"SQLite": f"sqlite:///{folder}/db.sqlite3", "PostgreSQL": _postgres(stack)}
            redis = os.environ.get("TEST_REDIS_URL") or stack.enter_context(redis_server.throwaway_server())
            for part, marker in PARTS.items():
                for name, url in databases.items():
                    variables = {"DATABASE_URL": url, "TEST_REDIS_URL": redis, "TEST_CHROMIUM": browser}
                    run = _pytest(folder / f"{part}-{name}", variables, marker, arguments)
                    if part == "browser" and (tests := _to_try_again(*run)):
                        again[name] = tests
                        run = _tried_again(run, tests, folder / f"again-{name}", variables, marker)
                    outcomes[part, name] = run
    finally:
        leftovers.end()
    for name, tests in again.items():
        print(f"\nTried a second time on {name}: {', '.join(tests)}")
    return results.report(outcomes, whole=not arguments)


def _end(number, _frame):
    sys.exit(128 + number)


def _postgres(stack):
    url = os.environ.get("TEST_POSTGRES_URL")
    if not url:
        return stack.enter_context(postgres.throwaway_server())
    probe = subprocess.run([prepare.PYTHON, "-c", PROBE, url], capture_output=True, text=True)
    if probe.returncode:
        sys.exit(f"TEST_POSTGRES_URL cannot be used: {probe.stderr.strip()}")
    return url


def _pytest(folder, variables, marker, arguments):
    """One pytest run with a data folder of its own. Returns its exit code and the outcome of each test."""
    (folder / "static").mkdir(parents=True)  # where collected files would be; WhiteNoise warns if it is missing
    report = folder / "results.xml"
    prepare.say("tests", f"{folder.name.replace('-', ' on ')}")
    # A browser test waits half of its time for the browser: one more process than there are cores pays.
    processes = max(2, min(8, os.cpu_count() or 2)) + (marker == "browser")
    command = [prepare.PYTHON, "-m", "pytest", "-m", marker, "-n", str(processes), "--dist", "worksteal"]
    # Nothing is written into the tree: no cache folder, no browser traces, no example database.
    command += ["-p", "no:cacheprovider", f"--output={folder / 'browser'}", f"--junitxml={report}", *arguments]
    environment = {**_clean_environment(), **variables, "DATA_DIR": str(folder)}
    environment["HYPOTHESIS_STORAGE_DIRECTORY"] = str(folder / "hypothesis")
    code = _run(command, environment)
    return (0 if code == NO_TESTS else code), results.read(report)


def _to_try_again(code, outcomes):
    failed = [name for name, outcome in outcomes.items() if outcome in ("failure", "error")]
    return failed if code and len(failed) <= MOST_TRIED_AGAIN else []


def _tried_again(run, tests, folder, variables, marker):
    code, second = _pytest(folder, variables, marker, [_node(test) for test in tests])
    return code, {**run[1], **second}


def _node(test):
    """tests.browser.test_like.TestTwice::test_a[chromium] → tests/browser/test_like.py::TestTwice::test_a[chromium]"""
    where, _, name = test.partition("::")
    parts = where.split(".")
    module = next(n for n in range(len(parts), 0, -1) if Path(prepare.ROOT, *parts[:n]).with_suffix(".py").exists())
    return "::".join(["/".join(parts[:module]) + ".py", *parts[module:], name])


def _clean_environment():
    """Without the variables that steer the site: a developer's own settings must not decide what the tests see."""
    example = (prepare.ROOT / ".env.example").read_text()
    ours = re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)
    return {key: value for key, value in os.environ.items() if key not in ours and not key.startswith("PYTEST_")}


def _run(command, environment):
    # A session of its own, so that Ctrl-C reaches it once, from here, and it can put its things away.
    process = subprocess.Popen(
        command, cwd=prepare.ROOT, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        return process.wait()
    except BaseException:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=20)
        process.kill()
        process.wait()
        raise


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("Tests ended from the keyboard.")
