// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The configuration reader against recorded answers of the reference; skipped where the reference data does not exist.

mod configs;
mod event;
mod flow_ids;
mod yaml_documents;
