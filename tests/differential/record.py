# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""Makes configurations from a seed, asks the real package for its answers, and writes both as rows of JSON lines.

Runs inside an environment that has the package; `run` beside this file prepares one. A row has the form of those in
`tests/reference/configs.jsonl`: `files`, `config`, `cwd`, and either `event` or `error`.

    python record.py --seed 1 --count 5000 --corpus ../reference/configs.jsonl > rows.jsonl
"""

import argparse
import contextlib
import io
import json
import logging
import os
import random
import shutil
import signal
import sys
import tempfile
import warnings

import cases

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

SECONDS_PER_CASE = 20


class TooSlow(BaseException):
    """A case that the package does not finish; not caught by its own handlers."""


def sorted_walk(top, topdown=True, onerror=None, followlinks=False):
    """The order this project reads in: files before directories, both sorted."""
    for root, directories, files in REAL_WALK(top, topdown, onerror, followlinks):
        directories.sort()
        yield root, directories, sorted(files)


REAL_WALK = os.walk
os.walk = sorted_walk


def facts(config):
    """The fields of the event that come from the configuration, and the count for the other engine."""
    from nemoguardrails import telemetry

    data = telemetry._collect_usage_data(config, "library")
    rails = config.rails
    used = rails.input.flows + rails.output.flows + rails.retrieval.flows
    named = lambda flow: isinstance(flow, dict) and flow.get("id") in used
    event = {
        "colangVersion": data.colang_version,
        "llmProviders": data.llm_providers,
        "numRailsConfigured": data.num_rails_configured,
        "railTypesInUse": data.rail_types_in_use,
        "tracingEnabled": data.tracing_enabled,
        "hasKnowledgeBase": data.has_knowledge_base,
        "streamingConfigured": data.streaming_configured,
        "builtinFeatures": data.builtin_features,
        "numCustomFlows": data.num_custom_flows,
    }
    llm_rails = sum(1 for flow in config.flows if telemetry._is_custom_flow(flow) and not named(flow))
    return {"event": event, "numCustomFlows_llmrails": llm_rails}


def unpack(case, root):
    for path, content in case["files"].items():
        target = os.path.join(root, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w", encoding="utf-8", newline="", errors="surrogatepass") as file:
            file.write(content["text"])
    for directory in case["dirs"]:
        os.makedirs(os.path.join(root, directory), exist_ok=True)


def answer(case):
    """What the package makes of a case."""
    from nemoguardrails import RailsConfig

    root = tempfile.mkdtemp()
    try:
        unpack(case, root)
        os.chdir(os.path.join(root, case["cwd"]))
        signal.alarm(SECONDS_PER_CASE)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            return facts(RailsConfig.from_path(case["config"]))
    except (Exception, RecursionError, TooSlow) as error:
        return {"error": {"type": type(error).__name__, "message": str(error)[:300]}}
    finally:
        signal.alarm(0)
        os.chdir("/")
        shutil.rmtree(root, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--corpus", nargs="*", default=[], help="files with rows to vary")
    arguments = parser.parse_args()

    def too_slow(*_):
        raise TooSlow()

    signal.signal(signal.SIGALRM, too_slow)
    generator = cases.Generator(random.Random(arguments.seed), arguments.corpus)
    for number in range(arguments.count):
        case = generator.case()
        case["id"] = f"{arguments.seed}:{number}:{case.pop('family')}"
        sys.stdout.write(json.dumps({**case, **answer(case)}) + "\n")


if __name__ == "__main__":
    main()
