// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The anonymous usage event of NeMo Guardrails: configuration reader, feature detection, report and command.

pub mod config;
