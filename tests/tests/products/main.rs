// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The NeMo products as data, and a product over its years.

mod add_an_event;
mod adopters;
mod captures;
mod consent;
mod deployment;
mod engines;
mod envelopes;
mod events;
mod facade;
mod footprint;
mod machine;
mod newer_core;
mod opt_out;
mod product_switch;
mod schemas;
mod service;
mod sessions;
mod steps;
mod year;
