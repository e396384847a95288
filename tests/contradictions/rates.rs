// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Limits that let nothing through.

use telemetry_core::profile::{QueuePolicy, RatePolicy};

// refused: a rate of zero reports nothing: give at least one event per minute
const NOTHING: RatePolicy = RatePolicy::per_minute(0);

// refused: a queue needs room for at least one event
const NO_EVENT: QueuePolicy = QueuePolicy::of(0);

// refused: a queue needs room for at least one event
const NO_BYTE: QueuePolicy = QueuePolicy::DEFAULT.max_bytes(0);
