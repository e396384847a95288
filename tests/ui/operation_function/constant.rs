// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused)]

#[path = "../payment.rs"]
mod payment;

use payment::{Basket, Payment, Shop};
use telemetry_core::operation::OperationOutcome;
use telemetry_core::{Client, telemetry_operation};

#[telemetry_operation(client = telemetry, event = Payment::default())]
const fn pay(telemetry: &Client<Shop>) -> u8 {
    1
}

fn main() {}
