# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
# A collector that is not ours, for tests of delivery; `.ci/run` and `.ci/long` source this file.

# Its binary is in a Python package.
install_collector() {
    local directory=$target/rotel
    export TELEMETRY_ROTEL_AGENT=$directory/rotel/rotel-agent
    [ -x "$TELEMETRY_ROTEL_AGENT" ] && return
    python3 -m pip download --quiet --no-deps --dest "$directory" rotel==0.0.1a15 &&
        python3 -m zipfile -e "$directory"/rotel-*.whl "$directory" && chmod +x "$TELEMETRY_ROTEL_AGENT" &&
        "$TELEMETRY_ROTEL_AGENT" --version && return
    unset TELEMETRY_ROTEL_AGENT
    missing "the collector \`rotel\`" "its Python package cannot be installed or does not run here"
}
