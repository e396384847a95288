#!/usr/bin/env python3
# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""Makes the corpora of the fuzz targets: the committed seeds, the examples, and recorded configurations.

    fuzz/seeds.py        writes fuzz/corpus/directory and fuzz/corpus/yaml
"""

import base64
import hashlib
import json
import pathlib
import shutil

HERE = pathlib.Path(__file__).resolve().parent
REFERENCE = HERE.parent / "tests" / "reference"
OUTSIDE = HERE.parent.parent / "shared" / "reference"  # further configurations, which not every checkout has beside it
EXAMPLES = HERE.parent / "examples"
END, SEPARATOR = b"\xff", b"\xfe"


def entry(kind, name, content=b""):
    return kind + name.encode() + SEPARATOR + content + END


def content_of(file):
    if "text" in file:
        return file["text"].encode("utf-8", "surrogatepass")
    return base64.b64decode(file.get("b64") or file.get("base64"))


def moved(path, config):
    """The path with the configuration's directory called `cfg`, as the target expects."""
    return "cfg" + path[len(config):] if path == config or path.startswith(config + "/") else path


def directory_of(row):
    """The bytes of a row, as `src/directory.rs` reads them; the working directory is always the root."""
    config = row["config"].rstrip("/")
    encoded = b"".join(entry(b"d", moved(name, config)) for name in row["dirs"])
    for name, file in row["files"].items():
        encoded += entry(b"f", moved(name, config), content_of(file))
    for name, target in row["symlinks"].items():
        encoded += entry(b"l", moved(name, config), target.encode())
    return encoded


def examples():
    for directory in sorted(path for path in EXAMPLES.iterdir() if path.is_dir()):
        files = sorted(path for path in directory.rglob("*") if path.is_file())
        yield b"".join(entry(b"f", f"cfg/{path.relative_to(directory)}", path.read_bytes()) for path in files)


def rows(path):
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def write(target, seeds):
    corpus = HERE / "corpus" / target
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in (HERE / "seeds" / target).iterdir():
        shutil.copy(seed, corpus)
    for seed in seeds:
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    print(f"{target}: {len(list(corpus.iterdir()))} inputs")


def main():
    configs, documents = rows(REFERENCE / "configs.jsonl"), rows(REFERENCE / "config_yml_fuzz.jsonl")[::20]
    if OUTSIDE.exists():
        configs += rows(OUTSIDE / "configs.jsonl")
    texts = [row["yaml"].encode() for row in documents]
    for row in configs:
        texts += [content_of(file) for name, file in row["files"].items() if name.endswith((".yml", ".yaml"))]
    write("yaml", texts)
    write("directory", [*examples(), *map(directory_of, configs)])


if __name__ == "__main__":
    main()
