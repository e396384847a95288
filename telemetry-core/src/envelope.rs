// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The envelope round events: 30 keys, of which the collector requires every one.

mod key;
#[cfg(feature = "client")]
mod text;

pub(crate) use key::has_key;
#[cfg(feature = "client")]
pub use text::{EnvelopeError, Sender, envelope};
