// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Two engines that run those rails of a guardrails configuration that need no model.

mod api;
mod checks;
mod engines;

pub use api::Api;
pub use checks::Checked;
pub use engines::{IoRails, LlmRails, LoadError};
