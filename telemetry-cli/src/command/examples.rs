// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The examples in the help of each subcommand. The command line replaces `PROGRAM` by the name of the program.

pub(super) const STATUS: &str = "Examples:
  Show whether telemetry is on, and which source decides:
    PROGRAM status
  The same for a script, which exits with 0 if telemetry is on (with `jq`):
    PROGRAM status --json | jq --exit-status .enabled";

pub(super) const DISABLE: &str = "Examples:
  Opt out:
    PROGRAM disable
  Opt all users of this machine out, for all products of the toolkit:
    PROGRAM disable --machine --all-products";

pub(super) const ENABLE: &str = "Examples:
  Remove what `disable` has written, and show whether anything else opts out:
    PROGRAM enable";

pub(super) const AUDIT: &str = "Examples:
  Show the last five events, and then new ones as they are written:
    PROGRAM audit --tail 5 --follow
  Check all events against the schema of the product:
    PROGRAM audit --verify";

pub(super) const SCHEMA: &str = "Examples:
  Print the schema of all events:
    PROGRAM schema
  Check in CI that a schema file allows exactly the events that are sent:
    PROGRAM schema --check schemas/events.json
  Show what has changed since the last release:
    PROGRAM schema --diff old/events.json schemas/events.json";

pub(super) const NEW_EVENT: &str = "Examples:
  Print a module with all events of a schema file:
    PROGRAM new-event --all --from schemas/events.json
  Print one event:
    PROGRAM new-event checkout --from schemas/events.json";

#[cfg(feature = "collector")]
pub(super) const COLLECT: &str = "Examples:
  Show the events of a product that is pointed at this address:
    PROGRAM collect
  Keep the events of a month in a file:
    PROGRAM collect --store events.sqlite --max-age 30d
  Wait in a test for two events, and fail if one violates its schema:
    PROGRAM collect --count 2";

#[cfg(feature = "collector")]
pub(super) const EXPECT: &str = "Examples:
  Compare the events of a program with a manifest:
    PROGRAM expect --manifest expect.toml -- target/debug/app
  Write the manifest from the events that come:
    PROGRAM expect --manifest expect.toml --update -- target/debug/app";
