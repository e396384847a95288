// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A product's command, and the schema files that it reads and writes.

mod collect;
mod every_product;
mod expect;
mod nemo_telemetry;
mod new_event;
mod new_event_all;
mod page;
mod public_text;
mod schema;
mod schema_files;
mod without_telemetry;
