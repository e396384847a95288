# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""Compares what this package sends with what the real `nemoguardrails.telemetry` sends, field by field, envelope and order.

Run by hand, in an environment with `nemoguardrails` and the wheel:

    python tests/python/against_guardrails/compare.py [DIRECTORY …]

Each directory below those given, and below the examples that the package brings, that has a `config.yml` is loaded, and `LLMRails` and
`IORails` are constructed from it. Their reports go to two collectors on loopback, once by each module. A configuration whose engine
cannot be constructed, since a provider of models is not installed, is reported without it.
"""

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
    os.environ.update(NEMO_GUARDRAILS_USAGE_STATS_SERVER="http://127.0.0.1:9/", OPENAI_API_KEY="x", NVIDIA_API_KEY="x")
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)


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
            end = time.monotonic() + 1.0
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


def construct(config, report):
    """Constructs both engines, and says how many could be."""
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
    """Configurations that are made of code: each field of `rails.config`, and each flow that the catalog knows."""
    from nemoguardrails import RailsConfig

    base = {"models": [{"type": "main", "engine": "openai", "model": "x"}]}
    yield "empty", RailsConfig(models=[])
    for rails in (["self check input"], ["content safety check input $model=x", "my own"]):
        yield f"{rails}", RailsConfig(**base, rails={"input": {"flows": rails}, "output": {"flows": rails}})
    for version in ("1.0", "2.x"):
        yield version, RailsConfig(**base, colang_version=version, tracing={"enabled": True})


def main():
    prepare()
    import nemoguardrails
    from nemo_telemetry import guardrails as ours
    from nemoguardrails import RailsConfig, telemetry

    pair = Pair(telemetry, ours)
    telemetry.report_usage = pair.report
    package = Path(nemoguardrails.__file__).parent
    found = [(str(path), lambda path=path: RailsConfig.from_path(str(path))) for path in configurations([package.parent / "examples", package, *sys.argv[1:]])]
    found += [(name, lambda config=config: config) for name, config in own_configurations()]
    loaded = constructed = different = 0
    for name, load in found:
        try:
            config = load()
        except BaseException:
            continue
        loaded += 1
        before = pair.counts()
        constructed += construct(config, pair.report)
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
