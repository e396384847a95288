// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What threads share state with. `tests/model` compiles this crate a second time, with the primitives of a model checker in
//! their place: so the checker runs this very code.

#[cfg(feature = "model")]
mod model;
mod retry;

#[cfg(feature = "model")]
pub use model::be_process;
#[cfg(feature = "model")]
pub(crate) use model::{AtomicBool, Condvar, Mutex, MutexGuard, OnceBox, identity, thread};
#[cfg(not(feature = "model"))]
pub(crate) use once_cell::race::OnceBox;
pub(crate) use retry::{retry_within, taken};
#[cfg(not(feature = "model"))]
pub(crate) use std::sync::atomic::AtomicBool;
#[cfg(not(feature = "model"))]
pub(crate) use std::sync::{Condvar, Mutex, MutexGuard};
#[cfg(not(feature = "model"))]
pub(crate) use std::thread;
