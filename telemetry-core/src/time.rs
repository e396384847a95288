// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The time that events bear: the clock it is read from, which a test can set, and its text on the wire.

mod calendar;
mod clock;
mod timestamp;

#[cfg(feature = "client")]
pub(crate) use calendar::days_since_1970;
pub use clock::{Clock, SystemClock};
pub use timestamp::{IsoTimestamp, TimestampError};
