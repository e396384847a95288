// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Delivery: a pure state machine, and the thread, files and sockets round it.

mod machine;
mod worker;

pub(crate) use worker::{BeatSource, Delivery, Outside};
