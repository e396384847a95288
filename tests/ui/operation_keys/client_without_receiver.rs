// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused)]

#[path = "../payment.rs"]
mod payment;

use payment::{Basket, Payment, Shop};
use telemetry_core::operation::OperationOutcome;
use telemetry_core::{Client, telemetry_operation};

struct Till {
    telemetry: Client<Shop>,
}

impl Till {
    #[telemetry_operation(client = self.telemetry, event = Payment::default())]
    fn pay(amount: u32) -> Result<(), String> {
        Ok(())
    }
}

fn main() {}
