// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The configuration reader against recorded answers of the reference; skipped where the reference data does not exist.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "test code fails by panicking")]

mod configs;
mod event;
mod flow_ids;
mod reference;
mod scratch;
mod yaml_documents;
