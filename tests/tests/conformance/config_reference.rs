// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The configuration reader against recorded answers of the reference.

mod configs;
mod event;
mod flow_ids;
mod library;
mod yaml_documents;
