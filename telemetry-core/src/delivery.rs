// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Delivery: a pure state machine, and the thread, files and sockets around it.

mod awaited;
mod breaker;
mod flush;
mod handle;
mod heartbeat;
mod left_alone;
mod look;
mod machine;
mod queue;
mod rate;
mod retry;
#[cfg(test)]
mod simulation;
mod sleep;
mod worker;

pub(crate) use awaited::Awaited;
pub(crate) use handle::{BeatSource, Delivery, Outside};
pub(crate) use look::KnownAbsent;
