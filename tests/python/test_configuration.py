# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""Configurations are read through their attributes, as the reference reads them."""

import json

import pytest

PROLOGUE = """
import json, sys
import stand_ins
from stand_ins import Object, Raises, RailsConfigData, rails, rails_config
"""

# Prints the preview of each configuration, or nothing for one that cannot be read, and reports it.
READ = (
    PROLOGUE
    + """
events = []
for config in json.load(open(sys.argv[1])):
    config = eval(config)
    guardrails.report_usage(config)
    try:
        events.append(guardrails.preview(config))
    except Exception as error:
        assert not isinstance(error, (NameError, SyntaxError)), error
        events.append(None)
print(json.dumps([events, guardrails.stats()]))
"""
)


def read(host, configs, **options):
    """The events of configurations, with nothing for those that cost the event, and the statistics."""
    file = host.home / "configs.json"
    file.write_text(json.dumps(configs))
    result = host.run(READ, str(file), **options)
    assert (result.code, result.err) == (0, ""), result
    events, stats = json.loads(result.out)
    sent = host.collector.wait_for(sum(event is not None for event in events))
    without_time = [[{**event, "timestamp": 0, "sessionId": ""} for event in all if event] for all in (events, sent)]
    assert without_time[0] == without_time[1], "a preview is what is sent"
    return events, stats


FIELDS = [
        ("rails_config(colang_version='2.x')", {"colangVersion": "2.x"}),
        (
            "rails_config(models=[Object(engine='openai'), Object(engine='nim'), Object(engine='openai'), Object(engine=''), Object()])",
            {"llmProviders": ["nim", "openai"]},
        ),
        (
            "rails_config(rails=rails(input=['a', 'b $x=1'], tool_input=['c'], single_call=True))",
            {"numRailsConfigured": 3, "railTypesInUse": ["input", "tool_input", "dialog"]},
        ),
        (
            "rails_config(rails=rails(tool_input=['a'], tool_output=['a'], retrieval=['a'], output=['a'], input=['a']))",
            {"railTypesInUse": ["input", "output", "retrieval", "tool_output", "tool_input"]},
        ),
        ("rails_config(rails=rails(streaming=True))", {"streamingConfigured": True}),
        ("rails_config(tracing=Object(enabled='on'))", {"tracingEnabled": True}),
        ("rails_config(tracing=Object(enabled=1.0))", {"tracingEnabled": True}),
        ("rails_config(tracing=Object(enabled='N'))", {"tracingEnabled": False}),
        ("rails_config(tracing=None, docs=[1])", {"tracingEnabled": False, "hasKnowledgeBase": True}),
        ("rails_config(rails=None, docs=[])", {"railTypesInUse": [], "hasKnowledgeBase": False}),
        ("Object(colang_version='1.0')", {"colangVersion": "1.0", "llmProviders": [], "numCustomFlows": 0}),
        ("rails_config(colang_version='x' * 65)", {"colangVersion": "x" * 64}),
        ("rails_config(rails=Object())", {"numRailsConfigured": 0, "builtinFeatures": []}),
        ("rails_config(rails=Object(input=None, output=Object(), dialog=None))", {"numRailsConfigured": 0}),
        (
            "rails_config(flows=[{'id': 'a', 'is_system_flow': False}, {'id': 'b'}, {'id': 'c', 'is_system_flow': True}])",
            {"numCustomFlows": 2},
        ),
        ("rails_config(flows=[Object(is_system_flow=1), Object(), 7, None, 'x'])", {"numCustomFlows": 4}),
        ("rails_config(flows=[{'file_info': {'name': x}} for x in ['/' * 5000, 'a\\0b', '', None, 7, '..', '/']])", {"numCustomFlows": 7}),
]


def test_attributes_become_fields(host):
    events, _ = read(host, [config for config, _ in FIELDS])
    for (config, expected), event in zip(FIELDS, events):
        assert {name: event[name] for name in expected} == expected, config


DATA = [
        ("RailsConfigData()", []),
        ("RailsConfigData(jailbreak_detection=1)", ["jailbreak_detection"]),
        ("RailsConfigData(fact_checking=1, regex_detection=2)", ["factchecking", "regex"]),
        ("RailsConfigData(privateai=1)", ["sensitive_data_detection"]),
        ("RailsConfigData(cel=1)", []),
        ("Object(fact_checking=1)", []),
        ("type('NoDefault', (RailsConfigData,), {'__init__': lambda self, a: None})(1)", []),
]


def test_fields_that_differ_from_their_default_are_features(host):
    events, stats = read(host, [f"rails_config(rails=rails(config={config}))" for config, _ in DATA])
    assert [event["builtinFeatures"] for event in events] == [features for _, features in DATA]
    assert stats["unknown_features"] == 1


def test_a_comparison_that_raises_ends_with_what_was_found(host):
    config = """rails_config(rails=rails(config=RailsConfigData(
        fact_checking=1, regex_detection=type('Rude', (), {'__ne__': lambda *_: 1 / 0})(), jailbreak_detection=1)))"""
    [event], _ = read(host, [config])
    assert event["builtinFeatures"] == ["factchecking"]


FLOWS = [
        ("self check input", ["self_check"]),
        (" self check hallucination ", ["self_check"]),
        ("content safety check input $model=x", ["content_safety"]),
        ("detect pii on input", ["sensitive_data_detection"]),
        ("alignscore check facts", ["factchecking"]),
        ("f5 guardrails scan input", ["f5"]),
        ("my content safety check input", []),
        ("Self Check Input", []),
        ("", []),
]


def test_flows_by_their_exact_names_are_features(host):
    events, _ = read(host, [f"rails_config(rails=rails(input=[{flow!r}]))" for flow, _ in FLOWS])
    assert [event["builtinFeatures"] for event in events] == [features for _, features in FLOWS]


@pytest.mark.parametrize(("version", "features"), [("0.22.0", []), ("0.23.0", []), ("0.24.1", ["f5"]), ("0.25.0", ["f5"])])
def test_the_version_of_the_product_chooses_the_tables(host, product, version, features):
    product(version)
    [event], _ = read(host, ["rails_config(rails=rails(input=['f5 guardrails scan input']))"])
    assert event["builtinFeatures"] == features


def test_features_of_a_newer_product_are_left_out_and_counted(host, product):
    product("0.25.0", flows=["cel check input", "self check input"])
    config = """rails_config(rails=rails(
        config=RailsConfigData(cel=1), input=['cel check input $x', 'self check input', 'my own', 'cel check input']))"""
    import_it = "__import__('nemoguardrails.manifests') and " + config
    [event], stats = read(host, [import_it])
    assert stats["unknown_features"] == 3
    assert event["builtinFeatures"] == ["self_check"] and "cel" not in json.dumps(event)


def test_flows_of_the_packages_library_are_not_custom(host, product, tmp_path):
    package = product("0.24.1")
    library = package / "colang" / "v2_x" / "library"
    (library / "core.co").touch()
    link = tmp_path / "link"
    link.symlink_to(package.parent)
    linked = link / "nemoguardrails" / "colang" / "v2_x" / "library"
    names = [library / "core.co", library / "missing.co", linked / "core.co", library / ".." / "main.co", tmp_path / "main.co", "core.co"]
    flows = [{"file_info": {"name": str(name)}} for name in names]
    [event], _ = read(host, [f"__import__('nemoguardrails') and rails_config(flows={flows!r})"])
    assert event["numCustomFlows"] == 3


UNREADABLE = [
        "Object()",
        "rails_config(colang_version=None)",
        "rails_config(colang_version=2)",
        "rails_config(colang_version=chr(0xd800))",
        "rails_config(models=None)",
        "rails_config(models=[Object(engine=7)])",
        "rails_config(flows=None)",
        "rails_config(tracing=Object(enabled=None))",
        "rails_config(tracing=Object(enabled='maybe'))",
        "rails_config(tracing=Object(enabled=2))",
        "rails_config(rails=rails(input=[7]))",
        "rails_config(rails=Object(input=Object(flows=None)))",
        *[
            f"rails_config({name}=Raises({attribute!r}, RuntimeError))"
            for name, attribute in [("rails", "input"), ("rails", "config"), ("rails", "dialog"), ("tracing", "enabled")]
        ],
        "Raises('colang_version', AttributeError)",
        "Raises('models', RuntimeError, colang_version='1.0')",
        "Raises('docs', MemoryError, **vars(rails_config()))",
        "Raises('flows', RecursionError, **vars(rails_config()))",
]


def test_what_the_reference_cannot_read_costs_the_event_and_nothing_else(host):
    events, stats = read(host, [*UNREADABLE, "rails_config()"])
    assert [config for config, event in zip(UNREADABLE, events) if event is not None] == []
    assert stats["produced"] == 1 and host.collector.events[0]["colangVersion"] == "1.0"


def test_a_missing_attribute_costs_nothing(host):
    names = ["models", "rails", "tracing", "docs", "flows"]
    events, _ = read(host, [f"Raises({name!r}, AttributeError, **vars(rails_config(docs=[1])))" for name in names])
    assert [event["hasKnowledgeBase"] for event in events] == [name != "docs" for name in names]


def test_what_belongs_to_the_host_goes_on(host):
    program = """
        import stand_ins
        for raised in (KeyboardInterrupt, SystemExit, GeneratorExit):
            try:
                guardrails.report_usage(stand_ins.Raises("models", raised, colang_version="1.0"))
            except raised:
                print("went on")
        guardrails.report_usage()
    """
    assert host.run(program).out == "went on\n" * 3
    assert len(host.collector.wait_for(1)) == 1


def test_why_a_report_is_lost_is_logged_at_debug_level(host):
    program = """
        import logging, sys
        import stand_ins
        logging.basicConfig(stream=sys.stdout, level=logging.DEBUG, format="%(name)s %(levelname)s %(message)s")
        guardrails.report_usage(stand_ins.Raises("models", RuntimeError("no models"), colang_version="1.0"))
    """
    out = host.run(program).out
    assert out.startswith("nemo_telemetry DEBUG Usage is not reported\n")
    assert out.endswith("RuntimeError: no models\n")


def test_a_preview_raises_what_the_configuration_raises(host):
    program = """
        import stand_ins
        try:
            guardrails.preview(stand_ins.Raises("models", RuntimeError("no models"), colang_version="1.0"))
        except RuntimeError as error:
            print(error)
    """
    assert host.run(program).out == "no models\n"


def test_a_configuration_may_report_and_let_go_of_the_lock(host):
    program = """
        import time
        class Busy:
            colang_version = "2.x"
            @property
            def models(self):
                guardrails.report_usage()
                time.sleep(0.01)
                return []
        guardrails.report_usage(Busy())
    """
    assert sorted(event["colangVersion"] for event in host.report(program)) == ["2.x", "unknown"]
