# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
# What `.ci/run` and `.ci/long` share; they source this file.
cd "$(dirname "${BASH_SOURCE[0]}")/.."
command -v cargo >/dev/null || . "$HOME/.cargo/env"
target=${CARGO_TARGET_DIR:-target}
mkdir -p "$target"
target=$(cd "$target" && pwd)
export TELEMETRY_TESTS_SKIPPED=$target/tests-skipped.txt # tests append a line for each check that they skip
rm -f "$TELEMETRY_TESTS_SKIPPED"

# Runs a command and prints the seconds that it took.
step() {
    local start=$SECONDS status=0
    printf '\n== %s\n' "$*"
    "$@" || status=$?
    printf '== %d s%s: %s\n' "$((SECONDS - start))" "$([ "$status" = 0 ] || echo ", failed")" "$*"
    return "$status"
}

# Records that a check is skipped, and the reason.
missing() { echo "skipped: $1: $2" | tee -a "$TELEMETRY_TESTS_SKIPPED"; }

# Prints the skipped checks, and the seconds of the whole run.
summary() {
    echo
    [ ! -e "$TELEMETRY_TESTS_SKIPPED" ] || sort -u "$TELEMETRY_TESTS_SKIPPED"
    printf '== %d s in total\n' "$SECONDS"
}
trap summary EXIT
