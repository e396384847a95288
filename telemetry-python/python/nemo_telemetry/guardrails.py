# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""Usage telemetry of NeMo Guardrails, in place of ``nemoguardrails.telemetry``.

>>> from nemo_telemetry import guardrails
>>> guardrails.install()  # the engines of this interpreter now report through this package
"""

import sys as _sys

from nemo_telemetry._native.guardrails import (
    flush,
    is_enabled,
    preview,
    report_usage,
    session_id,
    set_deployment_type,
    stats,
    status,
)

TYPE_CHECKING = False  # `typing` takes longer to import than this package
if TYPE_CHECKING:
    from nemo_telemetry._guardrails_event import GuardrailsUsageEvent

__all__ = [
    "GuardrailsUsageEvent",
    "flush",
    "install",
    "is_enabled",
    "preview",
    "report_usage",
    "session_id",
    "set_deployment_type",
    "stats",
    "status",
    "uninstall",
]

# What Guardrails itself calls, by name, each time from its module.
_REPLACED = {"report_usage": report_usage, "set_deployment_type": set_deployment_type}

_originals: "dict[str, object]" = {}


def install() -> None:
    """Have the engines of this interpreter report through this package.

    This replaces the functions of ``nemoguardrails.telemetry`` that Guardrails calls, and imports that module. A deployment type that
    was claimed before counts here too. Call it before the first engine is constructed: heartbeats that the module has begun go
    on.

    Raises:
        ImportError: If NeMo Guardrails is not installed.
    """
    from nemoguardrails import telemetry

    for name, replacement in _REPLACED.items():
        current = getattr(telemetry, name)
        if current is not replacement:
            _originals[name] = current
            setattr(telemetry, name, replacement)
    claimed = getattr(telemetry, "_deployment_type_override", None)
    if claimed is not None:
        set_deployment_type(claimed)


def uninstall() -> None:
    """Put the functions of ``nemoguardrails.telemetry`` back. What was put over them since stays."""
    telemetry = _sys.modules.get("nemoguardrails.telemetry")
    for name, original in _originals.items():
        if getattr(telemetry, name, None) is _REPLACED[name]:
            setattr(telemetry, name, original)
    _originals.clear()


def __getattr__(name: str) -> object:
    if name == "GuardrailsUsageEvent":
        from nemo_telemetry._guardrails_event import GuardrailsUsageEvent

        return GuardrailsUsageEvent
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
