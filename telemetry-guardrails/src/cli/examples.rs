// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The examples in the help of each subcommand, in the form that `telemetry_cli` gives those of its own.

pub(super) const INSPECT: &str = "Examples:
  Show the event of a configuration, with the reason for each value:
    PROGRAM inspect config
  The same event as it would be sent by a server:
    PROGRAM inspect config --deployment-type api --json
  Show what a change of the configuration changes in the event:
    PROGRAM inspect old/config --diff config";

pub(super) const REPORT: &str = "Examples:
  Send one event, and print the status of the response and the path of the copy:
    PROGRAM report config";

pub(super) const FEATURES: &str = "Examples:
  Print the names of all flows that are recognized (with `jq`):
    PROGRAM features --json | jq --raw-output '.flows[].name'";
