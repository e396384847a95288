#!/usr/bin/env python3
# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""Sends an event through the collector `rotel` into ClickHouse and into Kafka, and compares the stored values with the audit log.

    run.py ROTEL_AGENT OTLP_PROBE

`.ci/long` runs it, in an environment with `chdb-core` (the engine of ClickHouse in this process) and `confluent-kafka` (whose library
has a cluster of Kafka for tests). Everything listens on loopback.
"""

import json
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

AGENT, PROBE = sys.argv[1:]
COLLECTOR = "127.0.0.1:14318"
TOPIC = "usage_events"

TABLE = """
CREATE TABLE otel.otel_logs (
    Timestamp DateTime64(9), TraceId String, SpanId String, TraceFlags UInt8, SeverityText LowCardinality(String),
    SeverityNumber UInt8, ServiceName LowCardinality(String), Body String, ResourceSchemaUrl String,
    ResourceAttributes Map(LowCardinality(String), String), ScopeSchemaUrl String, ScopeName String, ScopeVersion String,
    ScopeAttributes Map(LowCardinality(String), String), LogAttributes Map(LowCardinality(String), String)
) ENGINE = MergeTree ORDER BY (ServiceName, Timestamp)
"""


@contextmanager
def collector(*options):
    """Runs the collector with the options of an exporter."""
    listening = ["--otlp-http-endpoint", COLLECTOR, "--otlp-grpc-endpoint", "127.0.0.1:14317"]
    process = subprocess.Popen([AGENT, "start", *listening, *options], stdout=subprocess.DEVNULL)
    try:
        time.sleep(2)
        yield
    finally:
        process.terminate()
        process.wait()


def report():
    """Reports one event with every kind of value, and returns its line of the audit log."""
    home = tempfile.mkdtemp()
    env = {"HOME": home, "NEXTEST": "1", "FLEET_OTLP_ENDPOINT": f"http://{COLLECTOR}"}
    done = subprocess.run([PROBE, "values"], env=env, check=True, capture_output=True, text=True)
    assert json.loads(done.stdout)["delivered"] == 1, done.stdout
    return json.loads((Path(home) / ".config/fleet/usage_stats.json").read_text(encoding="utf-8"))


def plain(value):
    """The value of an attribute in the JSON of the protocol."""
    [(kind, value)] = value.items() if value else [("null", None)]
    if kind == "arrayValue":
        return [plain(each) for each in value["values"]]
    if kind == "kvlistValue":
        return entries(value["values"])
    return int(value) if kind == "intValue" else value


def entries(attributes):
    return {each["key"]: plain(each.get("value")) for each in attributes}


class _Inserts(BaseHTTPRequestHandler):
    """The HTTP interface of the database, as far as the collector uses it."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        file = Path(tempfile.mkdtemp()) / "rows"
        file.write_bytes(b"".join(iter(self.chunk, b"")))
        insert = parse_qs(urlsplit(self.path).query)["query"][0].replace("otel_logs", "otel.otel_logs")
        self.server.database.query(insert.replace(" FORMAT ", f" FROM INFILE '{file}' FORMAT "))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def chunk(self):
        chunk = self.rfile.read(int(self.rfile.readline(), 16))
        self.rfile.readline()
        return chunk

    def log_message(self, *_):
        pass


def clickhouse():
    from chdb.session import Session

    server = ThreadingHTTPServer(("127.0.0.1", 0), _Inserts)
    database = server.database = Session(tempfile.mkdtemp())
    database.query("CREATE DATABASE otel")
    database.query(TABLE)
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    rows = []
    with collector("--exporter", "clickhouse", "--clickhouse-exporter-endpoint", url, "--clickhouse-exporter-compression", "none"):
        audited = report()
        end = time.monotonic() + 20
        while not rows and time.monotonic() < end:
            time.sleep(0.2)
            text = str(database.query("SELECT ServiceName, Body, LogAttributes FROM otel.otel_logs", "JSONEachRow"))
            rows = [json.loads(line) for line in text.splitlines()]
    [row] = rows
    assert (row["ServiceName"], row["Body"]) == ("fleet", "values"), row
    stored = row["LogAttributes"]
    assert stored.pop("session.id")
    # The exporter leaves null out, and stores texts: those of lists and objects are JSON of the protocol.
    assert stored.keys() == {name for name, value in audited.items() if value is not None}, stored
    for name, text in stored.items():
        assert of_text(text, audited[name]) == audited[name], (name, text, audited[name])
    server.shutdown()
    print(f"ClickHouse {database.query('SELECT version()')}".strip(), f"has the {len(stored)} values of the audit log that are not null")


def of_text(text, expected):
    if isinstance(expected, str):
        return text
    value = json.loads(text)
    if isinstance(expected, list):
        return [plain(each) for each in value["values"]]
    return entries(value["values"]) if isinstance(expected, dict) else value


def kafka():
    from confluent_kafka import Consumer, Producer

    cluster = Producer({"test.mock.num.brokers": 1, "log_level": 0})
    [broker] = [f"{broker.host}:{broker.port}" for broker in cluster.list_topics(timeout=5).brokers.values()]
    consumer = Consumer({"bootstrap.servers": broker, "group.id": "test", "auto.offset.reset": "earliest", "log_level": 0})
    options = ("--kafka-exporter-brokers", broker, "--kafka-exporter-logs-topic", TOPIC, "--kafka-exporter-format", "json")
    with collector("--exporter", "kafka", *options):
        audited = report()
        consumer.subscribe([TOPIC])
        message, end = None, time.monotonic() + 20
        while (message is None or message.error()) and time.monotonic() < end:
            message = consumer.poll(0.5)
    [resource] = json.loads(message.value())
    [record] = resource["scopeLogs"][0]["logRecords"]
    assert (record["eventName"], record["body"]) == ("values", {"stringValue": "values"}), record
    stored = entries(record["attributes"])
    assert stored.pop("session.id")
    assert json.dumps(stored, sort_keys=True) == json.dumps(audited, sort_keys=True), (stored, audited)
    print(f"Kafka has all {len(stored)} values of the audit log")


if __name__ == "__main__":
    clickhouse()
    kafka()
