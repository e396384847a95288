# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""What an event says about a configuration: read from the attributes of a ``RailsConfig``.

This follows ``nemoguardrails.telemetry``: what may be missing there may be missing here, and what costs the event there costs
it here. Files are not looked at; that is done in Rust, without the interpreter's lock.
"""

import sys

TYPE_CHECKING = False  # `typing` takes longer to import than this package
if TYPE_CHECKING:
    from typing import Dict, List, Optional, Tuple

    # The version of Colang, providers, flows of each kind of rails, single call, streaming, tracing, knowledge base, changed
    # fields of `rails.config`, number of flows by the name of their file, a file of the package.
    Facts = Tuple[
        str, List[str], List[List[str]], bool, bool, bool, bool, List[str], Dict[Optional[str], int], Optional[str]
    ]

# In the order of the event.
_GROUPS = ("input", "output", "retrieval", "tool_output", "tool_input")

# What `pydantic` takes for a boolean, by which the product validates its event.
_BOOLEANS = {
    **dict.fromkeys(("1", "on", "t", "true", "y", "yes"), True),
    **dict.fromkeys(("0", "off", "f", "false", "n", "no"), False),
}

# A class of `rails.config`, and how each of its fields is compared with its default: an object with all defaults costs as much as the
# rest of a report.
_compared = (None, ())


def read(config: object) -> "Facts":
    """Read the attributes of a configuration. What they raise is raised."""
    rails = getattr(config, "rails", None)
    flows, single_call, streaming, changed = ([], False, False, []) if rails is None else _read_rails(rails)
    tracing = getattr(config, "tracing", None)
    return (
        config.colang_version,
        _providers(config),
        flows,
        single_call,
        streaming,
        False if tracing is None else _boolean(getattr(tracing, "enabled", False)),
        bool(getattr(config, "docs", None)),
        changed,
        _flow_files(config),
        _package_file(),
    )


def _providers(config):
    engines = [model.engine for model in getattr(config, "models", []) if getattr(model, "engine", None)]
    return sorted(set(engines))


def _read_rails(rails):
    groups = [getattr(rails, name, None) for name in _GROUPS]
    flows = [[] if group is None else [*getattr(group, "flows", [])] for group in groups]
    single_call = getattr(getattr(rails, "dialog", None), "single_call", None)
    streaming = getattr(groups[1], "streaming", None)
    return (
        flows,
        bool(getattr(single_call, "enabled", False)),
        False if streaming is None else _boolean(getattr(streaming, "enabled", False)),
        _changed_fields(getattr(rails, "config", None)),
    )


def _changed_fields(data):
    changed = []
    if data is not None:
        try:
            for name, parts, default_parts, default in _comparisons(type(data)):
                if not _are_equal(parts, data, default_parts) and getattr(data, name, None) != default:
                    changed.append(name)
        except Exception:
            pass  # what was found before counts
    return changed


def _are_equal(parts, data, default_parts):
    """Whether all parts of a field equal the default's: then the field does, without a call of Python for each model in it."""
    try:
        return parts(data) == default_parts
    except Exception:
        return False  # the field is compared as a whole


def _comparisons(of):
    global _compared
    known, comparisons = _compared
    if known is not of:
        default = of()
        comparisons = [_comparison(name, default) for name in getattr(of, "model_fields", ())]
        _compared = of, comparisons
    return comparisons


def _comparison(name, default):
    from operator import attrgetter

    value = getattr(default, name, None)
    try:
        parts = attrgetter(*_parts(name, value))
        return name, parts, parts(default), value
    except Exception:
        return name, None, None, value


def _parts(path, value):
    """Yield the paths of everything that `pydantic` compares for a value: those of a model are its class and its fields."""
    model = getattr(sys.modules.get("pydantic"), "BaseModel", ())
    if isinstance(value, model) and type(value).__eq__ is model.__eq__:
        for name in ("__class__", "__pydantic_private__", "__pydantic_extra__"):
            yield f"{path}.{name}"
        for name in type(value).model_fields:
            yield from _parts(f"{path}.{name}", getattr(value, name))
    else:
        yield path


def _boolean(value):
    if value is True or value is False:
        return value
    if isinstance(value, (int, float)) and value in (0, 1):
        return bool(value)
    if isinstance(value, str):
        return _BOOLEANS[value.lower()]
    raise TypeError("a setting is not a boolean")


def _flow_files(config):
    """The number of flows that are not the system's, by the name of their file; those of no file are under ``None``."""
    files = {}
    for flow in getattr(config, "flows", []):
        if isinstance(flow, dict):
            is_system, info = flow.get("is_system_flow", False), flow.get("file_info")
        else:
            is_system, info = getattr(flow, "is_system_flow", False), getattr(flow, "file_info", None)
        if not is_system:
            name = info.get("name") if isinstance(info, dict) else None
            name = str(name) if name else None
            files[name] = files.get(name, 0) + 1
    return files


def _package_file():
    """The file of the product's module: beside it is its library, whose flows are not the user's."""
    file = getattr(sys.modules.get("nemoguardrails"), "__file__", None)
    return f"{file[: -len('__init__.py')]}telemetry.py" if file and file.endswith("__init__.py") else None


def count_unknown_features(unknown: "Tuple[int, List[str]]") -> int:
    """Count the features that the tables do not know: these fields, and those of these flows that the product's catalog has."""
    fields, flows = unknown
    manifests = sys.modules.get("nemoguardrails.manifests") if flows else None
    if manifests is None:
        return fields
    catalog = manifests.default_rail_catalog()
    return fields + sum(catalog.owner_for_flow(flow) is not None for flow in flows)
