// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused)]

#[path = "../payment.rs"]
mod payment;

use payment::{Basket, Payment, Shop};
use telemetry_core::operation::OperationOutcome;
use telemetry_core::{Client, telemetry_operation};

#[telemetry_operation(client = telemetry, event = payment_for(name))]
fn pay(telemetry: &Client<Shop>, name: String) -> Result<String, String> {
    Ok(name)
}

fn payment_for(name: String) -> Payment {
    Payment { num_declined: name.len() as u32, ..Default::default() }
}

fn main() {}
