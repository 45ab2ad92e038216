#!/bin/sh
# Writes the locks in requirements/ anew from pyproject.toml: exact versions and hashes, no index address.
# The smaller locks are constraints of the larger ones, so one venv may hold any of them.
set -eu
cd "$(dirname "$0")/.."

compile() {
    output="requirements/$1.txt"
    shift
    .venv/bin/uv pip compile "$@" --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
        --no-annotate --custom-compile-command "make lock" --quiet --output-file "$output" >/dev/null
    echo "$output"
}

compile runtime pyproject.toml
compile assets pyproject.toml --group assets --constraints requirements/runtime.txt
compile dev pyproject.toml --group assets --group dev --constraints requirements/assets.txt
compile node --group node
