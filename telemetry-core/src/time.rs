// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The time of events: the clock, which a test can replace, and the text that is sent.

mod calendar;
mod clock;
mod timestamp;

#[cfg(feature = "client")]
pub(crate) use calendar::days_since_1970;
pub use clock::{Clock, SystemClock};
pub use timestamp::{IsoTimestamp, TimestampError};
