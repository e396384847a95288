// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! NeMo Guardrails: its event is not a fixture but the one that ships.

pub use telemetry_guardrails::{Guardrails, GuardrailsUsageEvent};
