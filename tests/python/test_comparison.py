# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""Which fields of `rails.config` differ from their default: the same as by comparing the values, without a comparison in Python of those
that do not differ."""

import sys
from copy import deepcopy
from types import ModuleType

import pytest
from nemo_telemetry import _guardrails_config


class Base:
    """A model as those of `pydantic`."""

    compared = 0
    model_fields = {}
    __pydantic_private__ = None
    __pydantic_extra__ = None

    def __init__(self):
        for name, default in self.model_fields.items():
            setattr(self, name, deepcopy(default))

    def __eq__(self, other):
        Base.compared += 1
        return type(self) is type(other) and vars(self) == vars(other)


def stand_in(name, **defaults):
    return type(name, (Base,), {"model_fields": defaults})


def real(name, **defaults):
    pydantic = pytest.importorskip("pydantic")
    return pydantic.create_model(name, **{field: (object, default) for field, default in defaults.items()})


@pytest.fixture
def in_place_of_pydantic(monkeypatch):
    pydantic = ModuleType("pydantic")
    pydantic.BaseModel = Base
    monkeypatch.setitem(sys.modules, "pydantic", pydantic)


@pytest.fixture(params=[stand_in, real])
def model(request):
    """Makes the class of a model."""
    if request.param is stand_in:
        request.getfixturevalue("in_place_of_pydantic")
    return request.param


@pytest.fixture
def data(model):
    inner = model("Inner", entities=[], token="*")
    middle = model("Middle", inner=inner(), options={})
    return model("Data", plain=None, number=1.5, nested=middle(), other=inner())()


def set_attribute(path, value):
    def change(data):
        *parents, name = path.split(".")
        for parent in parents:
            data = getattr(data, parent)
        setattr(data, name, value(data) if callable(value) else value)

    return change


CHANGES = {
    "nothing": (lambda data: None, []),
    "the same value again": (set_attribute("number", 1.5), []),
    "an equal value": (set_attribute("nested.options", lambda _: dict()), []),
    "a value": (set_attribute("number", 2.5), ["number"]),
    "a value inside": (set_attribute("nested.inner.token", "#"), ["nested"]),
    "a list in place": (lambda data: data.other.entities.append("x"), ["other"]),
    "a dictionary in place": (lambda data: data.nested.options.update(a=1), ["nested"]),
    "none instead of a model": (set_attribute("nested.inner", None), ["nested"]),
    "a model instead of none": (set_attribute("plain", lambda data: data.other), ["plain"]),
    "a model of another class": (set_attribute("other", lambda data: data.nested), ["other"]),
    "a subclass": (lambda data: setattr(data, "other", type("Sub", (type(data.other),), {})()), ["other"]),
    "private values": (lambda data: object.__setattr__(data.other, "__pydantic_private__", {"a": 1}), ["other"]),
    "two fields": (lambda data: (data.other.entities.append(1), set_attribute("plain", 0)(data)), ["plain", "other"]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_fields_that_differ_are_those_whose_values_do(data, change):
    apply, expected = CHANGES[change]
    default = type(data)()
    apply(data)
    by_value = [name for name in type(data).model_fields if getattr(data, name) != getattr(default, name)]
    assert by_value == expected
    assert _guardrails_config._changed_fields(data) == expected


def test_what_does_not_differ_is_not_compared_in_python(in_place_of_pydantic):
    inner = stand_in("Inner", entities=[], token="*")
    data = stand_in("Data", first=inner(), second=inner())()
    data.second.token = "#"
    Base.compared = 0
    assert _guardrails_config._changed_fields(data) == ["second"]
    assert Base.compared == 1
