#!/bin/sh
# Format, lint and types; ends at the first that fails.
set -eu
cd "$(dirname "$0")/../.."

sh packaging/setup/environment.sh dev
.venv/bin/ruff format --check .
.venv/bin/ruff check .
.venv/bin/mypy
