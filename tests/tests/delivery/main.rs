// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What leaves the machine and what never does, with real processes, sockets, files and forks.

mod audit;
mod audit_lines;
mod awaited;
mod bad_configuration;
mod bare_host;
mod consent;
mod embedding;
mod encrypted;
mod environment_apart;
mod exit;
mod exit_in_handler;
mod failures;
mod fork;
mod heartbeat;
mod home;
mod host;
mod hostile_host;
mod hosts;
mod network;
mod no_thread;
mod odd_moments;
mod otlp;
mod overrides;
mod plain_http;
mod policies;
mod rate;
mod report;
mod server;
