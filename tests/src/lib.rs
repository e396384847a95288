// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Everything that needs more than one crate: fixtures, end-to-end tests and benchmarks.

// Nothing of it is in the cases of `ui`, which have fewer dependencies.
#![cfg(not(trybuild))]

pub mod allocations;
pub mod block_on;
pub mod browser;
pub mod cargo;
pub mod child;
pub mod collecting;
pub mod compiler;
pub mod converter;
#[cfg(target_os = "linux")]
pub mod fork;
pub mod home;
pub mod killing;
#[cfg(unix)]
pub mod marked_home;
pub mod ordered;
pub mod otlp_collector;
pub mod pairs;
pub mod products;
pub mod recorded;
pub mod rude;
pub mod running;
#[cfg(feature = "examples")]
pub mod samples;
pub mod scratch;
pub mod server;
pub mod shop;
pub mod skipped;
pub mod strange_system;
#[cfg(unix)]
pub mod terminal;
pub mod waiting;

/// The code of the pages compiles and runs.
#[cfg(doctest)]
pub mod pages {
    #[doc = include_str!("../../README.md")]
    pub struct Readme;
    #[doc = include_str!("../../docs/ADD_AN_EVENT.md")]
    pub struct AddAnEvent;
    #[doc = include_str!("../../docs/ENGINES.md")]
    pub struct Engines;
    #[doc = include_str!("../../docs/EXPECT.md")]
    pub struct Expect;
    #[doc = include_str!("../../docs/PROFILES.md")]
    pub struct Profiles;
}
