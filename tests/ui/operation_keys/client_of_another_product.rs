// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused)]

#[path = "../payment.rs"]
mod payment;

use payment::{Basket, Payment, Shop};
use telemetry_core::operation::OperationOutcome;
use telemetry_core::{Client, telemetry_operation};

struct Bank;

impl telemetry_core::Product for Bank {
    const PROFILE: telemetry_core::Profile = telemetry_core::Profile::new("bank", "2");
}

#[telemetry_operation(client = bank, event = Payment::default())]
fn pay(bank: &Client<Bank>) -> Result<(), String> {
    Ok(())
}

fn main() {}
