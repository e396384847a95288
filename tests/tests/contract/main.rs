// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the compiler says: events that are taken, and mistakes that are refused on the token that is wrong.

mod conflicts;
mod contradictions;
mod event;
mod help;
mod mended;
mod mistakes;
mod mutants;
mod mutation;
mod odd_bounds;
mod odd_places;
mod odd_schemas;
mod out_of_range;
pub mod places;
mod schema;
mod shop;
mod ui;
pub mod vocabularies;
