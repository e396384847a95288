// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused)]

#[path = "../payment.rs"]
mod payment;

use std::future::{Ready, ready};
use std::pin::Pin;

use payment::{Basket, Payment, Shop};
use telemetry_core::operation::OperationOutcome;
use telemetry_core::{Client, telemetry_operation};

type Later<'a> = Pin<Box<dyn Future<Output = Result<u8, ()>> + Send + 'a>>;

trait Task: Future {}

#[telemetry_operation(client = telemetry, event = Payment::default())]
fn alias(telemetry: &Client<Shop>) -> Later<'_> {
    Box::pin(async { Err(()) })
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
fn parentheses(telemetry: &Client<Shop>) -> Pin<Box<(dyn Future<Output = u8> + Send + 'static)>> {
    Box::pin(async { 1 })
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
fn type_of_its_own(telemetry: &Client<Shop>) -> Ready<Result<u8, ()>> {
    ready(Err(()))
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
fn reference<'a>(telemetry: &Client<Shop>, future: &'a mut Ready<u8>) -> &'a mut Ready<u8> {
    future
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
fn opaque(telemetry: &Client<Shop>) -> impl Send {
    ready(1)
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
fn type_parameter<T: Task>(telemetry: &Client<Shop>, task: T) -> T {
    task
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
async fn later(telemetry: &Client<Shop>) -> Ready<u8> {
    ready(1)
}

macro_rules! method {
    ($name:ident, $returns:ty) => {
        #[telemetry_operation(client = telemetry, event = Payment::default())]
        fn $name(telemetry: &Client<Shop>) -> $returns {
            ready(1)
        }
    };
}
method!(from_a_macro, Ready<u8>);

fn main() {}
