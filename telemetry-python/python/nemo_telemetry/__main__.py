# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""The command ``nemo-telemetry``."""

import signal
import sys

from nemo_telemetry._native import guardrails


def main() -> int:
    """Run the command with the arguments of the process and return its exit code."""
    # The command is not Python's: without this, Ctrl-C would wait until it is over.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return guardrails.run_command(["nemo-telemetry", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
