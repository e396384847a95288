// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the examples share: a small service on loopback, two rails engines, and that they report to this machine only; and
//! the router, whose events the tests use too. The telemetry of each example is in the example itself.

pub mod rails;
pub mod router_service;
pub mod service;
pub mod this_machine;
