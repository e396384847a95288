# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""Objects with the attributes of a `RailsConfig`."""

from types import SimpleNamespace as Object


class RailsConfigData:
    """`rails.config`: each field has a default."""

    model_fields = {"fact_checking": ..., "regex_detection": ..., "jailbreak_detection": ..., "privateai": ..., "cel": ...}

    def __init__(self, **changed):
        for name in self.model_fields:
            setattr(self, name, changed.get(name))


def rails(config=None, single_call=False, streaming=False, **flows):
    groups = {name: Object(flows=flows.get(name, [])) for name in ("input", "output", "retrieval", "tool_output", "tool_input")}
    groups["output"].streaming = Object(enabled=streaming)
    dialog = Object(single_call=Object(enabled=single_call))
    return Object(config=RailsConfigData() if config is None else config, dialog=dialog, **groups)


def rails_config(**attributes):
    """A configuration that says nothing, with these attributes instead."""
    empty = {"colang_version": "1.0", "models": [], "rails": rails(), "flows": [], "tracing": Object(enabled=False), "docs": None}
    return Object(**{**empty, **attributes})


class Raises:
    """An object whose attribute raises."""

    def __init__(self, name, error, **attributes):
        object.__getattribute__(self, "__dict__").update(attributes, _raises=(name, error))

    def __getattribute__(self, name):
        raises, error = object.__getattribute__(self, "_raises")
        if name == raises:
            raise error
        return object.__getattribute__(self, name)
