# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""How a process ends, and what it logs: what the extension module asks of Python."""

import sys

# The longest wait for delivery when a process ends, in seconds: that of the product's exit hook.
_EXIT_WAIT_S = 0.2

# After the finalizers of the host, which may report.
_LAST = -1000


def prepare_end(process: int) -> None:
    """Flush at the end of this process where the exit hook of the C library is not called or too late.

    A child that ``multiprocessing`` has forked ends by ``os._exit``, but runs its finalizers before. On Windows the hook runs
    when all threads have been ended.
    """
    util = sys.modules.get("multiprocessing.util")
    parent = sys.modules.get("multiprocessing.process")
    if util is not None and parent is not None and parent.parent_process() is not None:
        util.Finalize(None, _flush, exitpriority=_LAST)
    elif sys.platform == "win32":
        import atexit

        atexit.register(_flush)


def _flush() -> None:
    from nemo_telemetry._native import guardrails

    guardrails.flush(_EXIT_WAIT_S)


def log_unreadable(error: Exception) -> None:
    """Log why a report was lost, as the product's own module does."""
    import logging

    logging.getLogger("nemo_telemetry").debug("Usage is not reported: the configuration cannot be read", exc_info=error)
