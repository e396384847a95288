// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

// Generated code names this crate; so can its own tests.
extern crate self as telemetry_core;

mod as_str;
#[cfg(feature = "client")]
mod audit;
#[cfg(feature = "client")]
mod causes;
pub mod client;
pub mod consent;
#[cfg(feature = "client")]
mod delivery;
pub mod deployment;
pub mod descriptor;
pub mod endpoint;
#[cfg(feature = "client")]
pub mod envelope;
#[cfg(feature = "client")]
mod environment;
mod event;
#[cfg(feature = "client")]
mod heartbeat_interval;
pub mod host;
#[cfg(feature = "client")]
mod line_breaks;
pub mod operation;
#[cfg(feature = "otlp")]
mod otlp;
pub mod paths;
#[cfg(feature = "client")]
mod private_files;
mod process_identity;
mod product;
pub mod profile;
mod python;
#[cfg(feature = "client")]
mod random;
#[cfg(feature = "client")]
pub mod record;
pub mod registry;
pub mod session;
#[cfg(feature = "client")]
mod standard_streams;
pub mod stats;
#[cfg(feature = "client")]
mod sync;
#[cfg(all(any(unix, windows), feature = "client"))]
mod sys;
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(feature = "client")]
mod threads;
pub mod time;
pub mod transport;
pub mod value;
mod variables;
pub mod vocabulary;

#[doc(hidden)]
pub mod private;
#[doc(hidden)]
pub use private as __private1;

#[cfg(feature = "client")]
#[doc(hidden)]
pub mod command;
#[cfg(feature = "client")]
#[doc(hidden)]
pub use command as __command1;

#[cfg(feature = "otlp")]
#[doc(hidden)]
pub mod forward;
#[cfg(feature = "otlp")]
#[doc(hidden)]
pub use forward as __forward1;

pub use client::Client;
pub use consent::ConsentPolicy;
pub use event::TelemetryEvent;
pub use operation::Operation;
pub use product::Product;
pub use profile::Profile;
pub use stats::Stats;
#[cfg(feature = "model")]
pub use sync::be_process;
pub use telemetry_derive::{TelemetryEnum, TelemetryEvent, TelemetryValue, telemetry_operation};
pub use transport::Transport;
pub use value::TelemetryValue;
pub use vocabulary::TelemetryEnum;
