// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Delivery: a state machine without input or output, and the thread, files and sockets around it.

mod awaited;
mod breaker;
mod exchange;
mod flush;
mod handle;
mod heartbeat;
mod left_alone;
mod machine;
mod opt_out_check;
mod queue;
mod rate;
mod retry;
#[cfg(test)]
mod simulation;
mod worker;
mod worker_state;

pub(crate) use awaited::Awaited;
pub(crate) use handle::{BeatSource, Delivery, DeliveryContext};
pub(crate) use opt_out_check::KnownAbsent;
#[cfg(feature = "otlp")]
pub(crate) use retry::{Disposition, disposition};
