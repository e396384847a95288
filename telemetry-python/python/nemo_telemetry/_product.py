# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""What any product has: status, statistics, flushes, and the life of its process. The product's part in Rust is `native`."""

import _thread
import os
import sys
import time

TYPE_CHECKING = False  # `typing` takes longer to import than this package
if TYPE_CHECKING:
    from typing import Any, Dict, Optional

# The longest wait for delivery when a process ends, in seconds: that of the product's exit hook.
_EXIT_WAIT_S = 0.2

# How long a flush waits before it lets the interpreter handle signals, in seconds.
_SIGNALS_WAIT_S = 0.05

# After the finalizers of the host, which may report.
_LAST = -1000

# The longest wait of a fork for the start of a client, in seconds.
_FORK_WAIT_S = 1.0

_PYTEST = "the module `pytest`, which is loaded"

# Held while a client starts, which imports modules: a child that was forked meanwhile would find their locks held forever.
_starting = _thread.RLock()
_forking = set()


def _before_fork():
    if _starting.acquire(timeout=_FORK_WAIT_S):
        _forking.add(_thread.get_ident())


def _after_fork():
    if _thread.get_ident() in _forking:
        _forking.discard(_thread.get_ident())
        _starting.release()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before_fork, after_in_parent=_after_fork, after_in_child=_after_fork)


class Product:
    """The functions of a product that are not about its events."""

    def __init__(self, native):
        self._native = native
        self._prepared = None

    def permission(self, machine):
        """Ask for a report, and start the client with the first permission. `machine` is called only then."""
        if runs_pytest():
            return None
        permission = self._native.ask()
        if permission is not None:
            if not self._native.is_started():
                with _starting:
                    self._native.start(machine())
            if self._prepared != os.getpid():
                self._prepare_end()
        return permission

    def _prepare_end(self):
        # A child that `multiprocessing` has forked ends by `os._exit`, but runs its finalizers before. On Windows the exit hook
        # of the C library runs when all threads have been ended.
        self._prepared = os.getpid()
        util = sys.modules.get("multiprocessing.util")
        process = sys.modules.get("multiprocessing.process")
        if util is not None and process is not None and process.parent_process() is not None:
            util.Finalize(None, self._native.flush, (_EXIT_WAIT_S,), exitpriority=_LAST)
        elif sys.platform == "win32":
            import atexit

            atexit.register(self._native.flush, _EXIT_WAIT_S)

    def is_enabled(self) -> bool:
        """Return whether a report made now would be sent."""
        return not runs_pytest() and self._native.is_enabled()

    def status(self) -> "Dict[str, Any]":
        """Return everything that an operator wants to know: whether telemetry is on, what decides that, where events go.

        It has the keys of ``nemo-telemetry status --json``.
        """
        import json

        status = json.loads(self._native.status())
        if runs_pytest():
            status.update(enabled=False, decided_by=_PYTEST)
        return status

    def stats(self) -> "Dict[str, Any]":
        """Return what became of the events of this process.

        At any time ``produced = delivered + queued + sum(dropped.values())``. ``unknown_features`` counts features in use that were left
        out of events, since the tables of this release do not know them.
        """
        import json

        return json.loads(self._native.stats())

    def session_id(self) -> "Optional[str]":
        """Return the session of this process, or ``None`` before its first report."""
        return self._native.session_id()

    def flush(self, timeout: float = _EXIT_WAIT_S) -> bool:
        """Wait until nothing is queued, and let the interpreter handle signals meanwhile.

        Args:
            timeout: The longest wait, in seconds.

        Returns:
            Whether nothing is queued.

        Raises:
            ValueError: If ``timeout`` is negative or not a number.
        """
        if not timeout >= 0:
            raise ValueError(f"`timeout` is not a number of seconds: {timeout}")
        end = time.monotonic() + timeout
        while True:
            left = max(0.0, end - time.monotonic())
            if self._native.flush(min(left, _SIGNALS_WAIT_S)):
                return True
            if left <= _SIGNALS_WAIT_S:
                return False


def runs_pytest() -> bool:
    """Return whether ``pytest`` is loaded. If that cannot be told, as while the interpreter ends, it is."""
    try:
        return "pytest" in sys.modules
    except Exception:
        return True


def installed_version(package: str) -> str:
    """Return the version of an installed package, or ``unknown``."""
    try:
        from importlib.metadata import version

        return version(package)
    except Exception:
        return "unknown"


def log_failure(message: str) -> None:
    """Log the exception that is handled at debug level, as the products' own modules do."""
    try:
        logging = sys.modules.get("logging")  # not loaded, it has no handlers
        if logging is not None:
            logging.getLogger("nemo_telemetry").debug(message, exc_info=True)
    except Exception:
        pass  # a handler of the host, or an interpreter that ends
