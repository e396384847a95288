# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""Usage telemetry of NeMo products that run in Python.

Each product is a module: ``nemo_telemetry.guardrails``. The command ``python -m nemo_telemetry`` says what is sent, and turns it
off.
"""

import sys as _sys

if "free-threading build" in _sys.version:
    raise ImportError(
        "`nemo_telemetry` does not support free-threaded Python: the environment is read under the interpreter's lock\n"
        "help: use a build of CPython with the lock, or the product's own telemetry"
    )
