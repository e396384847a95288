# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""Compares what this package sends with what the real `nemoguardrails.telemetry` sends, field by field, envelope and order.

Run by hand, in an environment with `nemoguardrails` and the wheel:

    python tests/python/against_guardrails/compare.py [DIRECTORY …]

Each directory with a `config.yml` that the package brings, or that is below those given, each configuration of `tests/reference`, and
one for each flow and each field that is built in is loaded, and `LLMRails` and `IORails` are constructed from it. Their reports go to two collectors on loopback, once by each module. A configuration whose engine
cannot be constructed, since a provider of models is not installed, is reported without it.
"""

import base64
import itertools
import json
import logging
import os
import sys
import tempfile
import time
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from collector import Collector  # noqa: E402

# What differs between two events of one configuration, in the envelope and in the parameters.
OF_THE_MOMENT = {"sentTs", "ts", "timestamp", "sessionId"}


def prepare():
    """Sends nothing anywhere but to loopback, and reads nothing of the user's."""
    os.environ["HOME"] = tempfile.mkdtemp()
    for variable in ("CI", "DO_NOT_TRACK", "NEMO_GUARDRAILS_NO_USAGE_STATS"):
        os.environ.pop(variable, None)
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.update(NEMO_GUARDRAILS_USAGE_STATS_SERVER="http://127.0.0.1:9/", OPENAI_API_KEY="x", NVIDIA_API_KEY="x")
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)


class NoEmbeddings:
    """Stands in for a model that would be downloaded."""

    def encode(self, texts):
        return [[0.0] * 8 for _ in texts]

    async def encode_async(self, texts):
        return self.encode(texts)


class Pair:
    """Reports through both modules, each to its collector."""

    def __init__(self, telemetry, ours):
        self.theirs, self.ours = Collector(), Collector()
        self.modules = ((self.theirs, telemetry.report_usage), (self.ours, ours.report_usage))
        self.calls = 0

    def report(self, *arguments, **named):
        self.calls += 1
        for collector, report in self.modules:
            os.environ["NEMO_GUARDRAILS_USAGE_STATS_SERVER"] = collector.url
            before = len(collector.envelopes)
            report(*arguments, **named)
            end = time.monotonic() + 2.0
            while len(collector.envelopes) == before and time.monotonic() < end:
                time.sleep(0.001)

    def differences(self, before):
        """How the envelopes since differ: their text without spaces, except for what is of the moment."""
        theirs, ours = (collector.envelopes[count:] for collector, count in zip((self.theirs, self.ours), before))
        if len(theirs) != len(ours):
            yield f"{len(theirs)} sent there and {len(ours)} here"
        for one, other in zip(theirs, ours):
            yield from difference("", one, other)

    def counts(self):
        return len(self.theirs.envelopes), len(self.ours.envelopes)


def difference(path, one, other):
    if isinstance(one, dict) and isinstance(other, dict):
        if list(one) != list(other):
            yield f"{path}: keys {list(one)} there, {list(other)} here"
        for key in one.keys() & other.keys() - OF_THE_MOMENT:
            yield from difference(f"{path}/{key}", one[key], other[key])
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, pair in enumerate(zip(one, other)):
            yield from difference(f"{path}/{index}", *pair)
    elif one != other or type(one) is not type(other):
        yield f"{path}: {one!r} there, {other!r} here"


def configurations(roots):
    for root in roots:
        files = itertools.chain(Path(root).rglob("config.yml"), Path(root).rglob("config.yaml"))
        yield from sorted({file.parent for file in files})


def construct(config, report, with_engines):
    """Constructs both engines, and returns how many could be. Otherwise the configuration is reported alone."""
    if not with_engines:
        report(config, deployment_type="library", rails_engine="LLMRails")
        return 0
    from nemoguardrails import LLMRails
    from nemoguardrails.guardrails.iorails import IORails

    constructed = 0
    for engine, name in ((LLMRails, "LLMRails"), (IORails, "IORails")):
        try:
            engine(config)
            constructed += 1
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            report(config, deployment_type="library", rails_engine=name)
    return constructed


def own_configurations():
    """Configurations that are made of code: engines, tracing, documents, and each field and each flow that is built in."""
    from nemoguardrails import RailsConfig
    from nemoguardrails.rails.llm.config import Document, RailsConfigData

    yield "empty", lambda: RailsConfig(models=[])
    models = [{"type": "main", "engine": engine, "model": "x"} for engine in ("openai", "nim", "openai")]
    yield "everything", lambda: RailsConfig(
        models=models, tracing={"enabled": True}, docs=[Document(format="md", content="x")], colang_version="2.x"
    )
    for flow in ["my own", *built_in_flows()]:
        for group in ("input", "output", "retrieval", "tool_input", "tool_output"):
            yield f"{group}: {flow}", lambda flow=flow, group=group: with_flow(group, flow)
    for field, value in RailsConfigData().__dict__.items():
        yield field, lambda field=field, value=value: with_field(field, value)


def with_flow(group, flow):
    """A configuration with a flow that its own checks have not seen: they ask for prompts."""
    from nemoguardrails import RailsConfig

    config = RailsConfig(models=[])
    getattr(config.rails, group).flows = [f" {flow} $model=x", flow]
    return config


def with_field(field, value):
    """A configuration with one field of `rails.config` that differs from its default."""
    from nemoguardrails import RailsConfig

    config = RailsConfig(models=[])
    setattr(config.rails.config, field, {"changed": None} if value is None or isinstance(value, dict) else None)
    return config


def built_in_flows():
    from nemoguardrails import telemetry

    try:
        from nemoguardrails.manifests import default_rail_catalog
    except ImportError:
        return sorted(telemetry._KNOWN_BUILTIN_FLOWS)
    return sorted(flow for manifest in default_rail_catalog().manifests.values() if manifest.flows for flow in manifest.flows.flow_names)


def recorded_configurations():
    """The configurations of `tests/reference`, unpacked."""
    from nemoguardrails import RailsConfig

    root = Path(tempfile.mkdtemp())
    rows = (Path(__file__).parents[2] / "reference" / "configs.jsonl").read_text(encoding="utf-8").splitlines()
    for number, row in enumerate(map(json.loads, rows)):
        if "error" in row or row.get("env_set"):
            continue
        directory = root / str(number)
        unpack(directory, row)

        def load(directory=directory, row=row):
            os.chdir(directory / row.get("cwd", ""))
            return RailsConfig.from_path(row["config"])

        yield row["id"], load


def unpack(directory, row):
    directory.mkdir()
    for name in row.get("dirs", []):
        (directory / name).mkdir(parents=True, exist_ok=True)
    for name, content in row["files"].items():
        file = directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content["text"].encode() if "text" in content else base64.b64decode(content["b64"]))
    for name, target in row.get("symlinks", {}).items():
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).symlink_to(target)


def main():
    prepare()
    import nemoguardrails
    from nemo_telemetry import guardrails as ours
    from nemoguardrails import RailsConfig, telemetry
    from nemoguardrails.embeddings import basic as embeddings

    embeddings.init_embedding_model = lambda *_, **__: NoEmbeddings()
    pair = Pair(telemetry, ours)
    telemetry.report_usage = pair.report
    package = Path(nemoguardrails.__file__).parent
    found = [(str(path), lambda path=path: RailsConfig.from_path(str(path)), True) for path in configurations([package.parent / "examples", package, *sys.argv[1:]])]
    found += [(*one, False) for one in own_configurations()] + [(*one, True) for one in recorded_configurations()]
    loaded = constructed = different = 0
    for name, load, with_engines in found:
        try:
            config = load()
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            continue  # the package refuses it
        loaded += 1
        before = pair.counts()
        constructed += construct(config, pair.report, with_engines)
        problems = list(pair.differences(before))
        different += bool(problems)
        for problem in problems:
            print(f"{name}: {problem}")
    before = pair.counts()
    pair.report()
    for problem in pair.differences(before):
        different += 1
        print(f"without a configuration: {problem}")
    summary = {
        "nemoguardrails": getattr(nemoguardrails, "__version__", "?"),
        "configurations": loaded,
        "engines constructed": constructed,
        "events": pair.counts(),
        "configurations that differ": different,
        "unknown features": ours.stats()["unknown_features"],
    }
    print(json.dumps(summary))
    os._exit(1 if different or 0 in pair.counts() else 0)


if __name__ == "__main__":
    main()
