// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The examples in the help of each subcommand, in the form that `telemetry_cli` gives those of its own.

pub(super) const INSPECT: &str = "Examples:
  Show the event of a configuration, with the reason for each value:
    inspect config
  The same event as it would be sent by a server:
    inspect config --deployment-type api --json";

pub(super) const REPORT: &str = "Examples:
  Send one event to a collector on this machine:
    report config";

pub(super) const FEATURES: &str = "Examples:
  Print the names of all flows that are recognized (with `jq`):
    features --json | jq --raw-output '.flows[].name'";
