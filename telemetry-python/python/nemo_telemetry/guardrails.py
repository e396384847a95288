# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""Usage telemetry of NeMo Guardrails, in place of ``nemoguardrails.telemetry``.

>>> from nemo_telemetry import guardrails
>>> guardrails.install()  # the engines of this interpreter now report through this package
"""

import sys as _sys

from nemo_telemetry import _guardrails_config
from nemo_telemetry._native import guardrails as _native
from nemo_telemetry._product import Product as _Product
from nemo_telemetry._product import installed_version as _installed_version
from nemo_telemetry._product import log_failure as _log_failure

TYPE_CHECKING = False  # `typing` takes longer to import than this package
if TYPE_CHECKING:
    from typing import Any, Dict

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

_product = _Product(_native)
flush = _product.flush
is_enabled = _product.is_enabled
session_id = _product.session_id
status = _product.status

_unknown_features = 0


def _machine():
    import platform

    return _native.Machine(
        _installed_version("nemoguardrails"),
        platform.python_version(),
        platform.platform(),
        platform.system(),
        platform.machine(),
    )


def _count(unknown):
    global _unknown_features
    if unknown != (0, []):
        _unknown_features += _guardrails_config.count_unknown_features(unknown)


def report_usage(config: object = None, deployment_type: str = "library", rails_engine: str = "") -> None:
    """Report that an engine was constructed, unless something opts out.

    It returns at once and never raises an ``Exception``: a configuration that cannot be read costs the event, which is logged at
    debug level. One thread delivers, which is not Python's.

    Args:
        config: The ``RailsConfig`` of the engine. Without it the event is about the system only.
        deployment_type: ``library``, ``api``, ``cli``, ``sdk`` or ``nmp``. ``set_deployment_type`` overrides it.
        rails_engine: ``LLMRails`` or ``IORails``.
    """
    try:
        permission = _product.permission(_machine)
        if permission is not None:
            facts = None if config is None else _guardrails_config.read(config)
            _count(permission.report(facts, deployment_type, rails_engine))
    except Exception:
        _log_failure("Usage is not reported")


def preview(
    config: object = None, deployment_type: str = "library", rails_engine: str = ""
) -> "GuardrailsUsageEvent":
    """Return the parameters of the event that ``report_usage`` would send now, opt-outs aside. Nothing is sent.

    Raises:
        Exception: What reading the configuration raises.
    """
    import json

    facts = None if config is None else _guardrails_config.read(config)
    return json.loads(_native.preview(_machine(), facts, deployment_type, rails_engine))


def set_deployment_type(deployment_type: str) -> None:
    """Claim how this process is deployed. It overrides what reports say, in forked children too.

    Args:
        deployment_type: ``library``, ``api``, ``cli``, ``sdk``, ``nmp`` or ``undefined``. Anything else is ignored.
    """
    _native.set_deployment_type(deployment_type)


def stats() -> "Dict[str, Any]":
    return {**_product.stats(), "unknown_features": _unknown_features}


stats.__doc__ = _Product.stats.__doc__

# What Guardrails itself calls, by name, each time from its module.
_REPLACED = {"report_usage": report_usage, "set_deployment_type": set_deployment_type}

_originals: "Dict[str, object]" = {}


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
