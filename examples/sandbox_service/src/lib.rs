// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A service that looks after sandboxes: `sandbox_service [PORT]`, until its input ends. It is a product with telemetry, and
//! a feature `telemetry` of its own that leaves it out.
//!
//! A sandbox is a directory of its own with a process in it. What the process wants from the network it asks the service for,
//! which decides by the sandbox's policy, and forwards allowed requests, on this machine only.
//!
//! | request | what it does |
//! |---|---|
//! | `POST /providers` with `name`, `profile`, `token` | adds an account that sandboxes may use |
//! | `PUT /providers/NAME` with `token`, `DELETE /providers/NAME` | changes and removes it |
//! | `POST /sandboxes` with `command`, and perhaps `providers`, `rules`, `template`, `gpu` | creates a sandbox |
//! | `GET /sandboxes/ID` | how its process is, and what it has printed |
//! | `POST /sandboxes/ID/stop`, `…/start`, `DELETE /sandboxes/ID` | what they say |
//! | `PUT /sandboxes/ID/policy` with `rules` | replaces its rules, such as `GET 127.0.0.1:8080` |
//! | `POST /sandboxes/ID/requests` with `method`, `url`, and perhaps `revision` | makes a request for it, or proposes a rule |
//! | `POST /sandboxes/ID/proposals` with `decision` and `rules` | decides upon proposed rules |
//! | `POST /summary` | summarizes the network activity of sandboxes |
//!
//! It runs any command that a user of this machine sends. It is an example: do not leave it running.
//!
//! All that is telemetry here: the module [`telemetry`], and the lines in `api` and `activity` that make its events.

mod activity;
mod api;
mod gateway;
mod policy;
mod providers;
mod sandbox;
pub mod telemetry;

use std::error::Error;
use std::io::{self, Write};

use telemetry_examples::service::Service;

use crate::api::Api;

/// Runs the service on the port, or on a free one if that is 0, until its input ends.
///
/// # Errors
///
/// If the port cannot be had, or the address not be printed.
pub fn run(port: u16) -> Result<(), Box<dyn Error + Send + Sync>> {
    let (service, api) = (Service::bind(port)?, Api::new(telemetry::start()));
    writeln!(io::stdout(), "{}", service.url())?;
    service.run(|call| api.handle(call));
    api.close();
    Ok(())
}
