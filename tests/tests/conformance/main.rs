// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Held against recorded answers of the reference and of the products, and against independent judges.

mod comparison;
mod comparison_compiled;
mod config_reference;
mod configs;
mod consent;
mod envelopes;
mod examples;
mod platform;
mod schema;
mod settings;
mod tables;
mod timestamps;
