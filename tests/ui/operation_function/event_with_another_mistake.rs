// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused)]

#[path = "../payment.rs"]
mod payment;

use payment::{Outcome, Shop};
use telemetry_core::{Client, TelemetryEvent, telemetry_operation};

/// A payment was tried.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "payment", schema_version = "1.0", schema = "schemas/payment.json")]
struct Range {
    /// How it ended.
    #[telemetry(outcome, sentinel = Outcome::Interrupted)]
    outcome: Outcome,
    /// How often the card was declined.
    #[telemetry(range = 0..=1000, sentinel = 0)]
    num_declined: u32,
}

#[telemetry_operation(client = telemetry, event = Range::default(), operation = payment)]
fn pay_range(telemetry: &Client<Shop>) -> Result<(), String> {
    payment.num_declined = Default::default();
    Ok(())
}

/// A payment was tried.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "payment", schema_version = "1.0", schema = "schemas/payment.json")]
struct Type {
    /// How it ended.
    #[telemetry(outcome, sentinel = Outcome::Interrupted)]
    outcome: Outcome,
    /// How often the card was declined.
    #[telemetry(sentinel = false)]
    num_declined: bool,
}

#[telemetry_operation(client = telemetry, event = Type::default(), operation = payment)]
fn pay_type(telemetry: &Client<Shop>) -> Result<(), String> {
    payment.num_declined = Default::default();
    Ok(())
}

/// A payment was tried.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "payment", schema_version = "1.1", schema = "schemas/payment.json")]
struct Version {
    /// How it ended.
    #[telemetry(outcome, sentinel = Outcome::Interrupted)]
    outcome: Outcome,
    /// How often the card was declined.
    #[telemetry(range = 0..=500, sentinel = 0)]
    num_declined: u32,
}

#[telemetry_operation(client = telemetry, event = Version::default(), operation = payment)]
fn pay_version(telemetry: &Client<Shop>) -> Result<(), String> {
    payment.num_declined = Default::default();
    Ok(())
}

/// A payment was tried.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "payment", schema_version = "1.0", schema = "schemas/broken/unsupported_keyword.json")]
struct Keyword {
    /// How it ended.
    #[telemetry(outcome, sentinel = Outcome::Interrupted)]
    outcome: Outcome,
    /// How often the card was declined.
    #[telemetry(range = 0..=500, sentinel = 0)]
    num_declined: u32,
}

#[telemetry_operation(client = telemetry, event = Keyword::default(), operation = payment)]
fn pay_keyword(telemetry: &Client<Shop>) -> Result<(), String> {
    payment.num_declined = Default::default();
    Ok(())
}

/// A payment was tried.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "payment", schema_version = "1.0", schema = "schemas/broken/trailing_comma.json")]
struct Syntax {
    /// How it ended.
    #[telemetry(outcome, sentinel = Outcome::Interrupted)]
    outcome: Outcome,
    /// How often the card was declined.
    #[telemetry(range = 0..=500, sentinel = 0)]
    num_declined: u32,
}

#[telemetry_operation(client = telemetry, event = Syntax::default(), operation = payment)]
fn pay_syntax(telemetry: &Client<Shop>) -> Result<(), String> {
    payment.num_declined = Default::default();
    Ok(())
}

/// A payment was tried.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "payment", schema_version = "1.0", schema = "schemas/broken/payment_requires_more.json")]
struct Required {
    /// How it ended.
    #[telemetry(outcome, sentinel = Outcome::Interrupted)]
    outcome: Outcome,
    /// How often the card was declined.
    #[telemetry(range = 0..=500, sentinel = 0)]
    num_declined: u32,
}

#[telemetry_operation(client = telemetry, event = Required::default(), operation = payment)]
fn pay_required(telemetry: &Client<Shop>) -> Result<(), String> {
    payment.num_declined = Default::default();
    Ok(())
}

/// A payment was tried.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "payment", schema_version = "1.0", schema = "schemas/other.json")]
struct File {
    /// How it ended.
    #[telemetry(outcome, sentinel = Outcome::Interrupted)]
    outcome: Outcome,
    /// How often the card was declined.
    #[telemetry(range = 0..=500, sentinel = 0)]
    num_declined: u32,
}

#[telemetry_operation(client = telemetry, event = File::default(), operation = payment)]
fn pay_file(telemetry: &Client<Shop>) -> Result<(), String> {
    payment.num_declined = Default::default();
    Ok(())
}

/// A payment was tried.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "pay ment", schema_version = "1.0")]
struct Name {
    /// How it ended.
    #[telemetry(outcome, sentinel = Outcome::Interrupted)]
    outcome: Outcome,
    /// How often the card was declined.
    #[telemetry(range = 0..=500, sentinel = 0)]
    num_declined: u32,
}

#[telemetry_operation(client = telemetry, event = Name::default(), operation = payment)]
fn pay_name(telemetry: &Client<Shop>) -> Result<(), String> {
    payment.num_declined = Default::default();
    Ok(())
}

/// A payment was tried.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "payment", schema_version = "1.0")]
struct Key {
    /// How it ended.
    #[telemetry(outcom, sentinel = Outcome::Interrupted)]
    outcome: Outcome,
    /// How often the card was declined.
    #[telemetry(range = 0..=500, sentinel = 0)]
    num_declined: u32,
}

#[telemetry_operation(client = telemetry, event = Key::default(), operation = payment)]
fn pay_key(telemetry: &Client<Shop>) -> Result<(), String> {
    payment.num_declined = Default::default();
    Ok(())
}

/// A payment was tried.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "payment", schema_version = "1.0")]
struct Unknown {
    /// How it ended.
    #[telemetry(termination, sentinel = Outcome::Interrupted)]
    outcome: Outcome,
    /// How often the card was declined.
    #[telemetry(range = 0..=500, sentinel = 0)]
    num_declined: u32,
}

#[telemetry_operation(client = telemetry, event = Unknown::default(), operation = payment)]
fn pay_unknown(telemetry: &Client<Shop>) -> Result<(), String> {
    payment.num_declined = Default::default();
    Ok(())
}

/// A payment was tried.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "payment", schema_version = "1.0")]
struct Unit {
    /// How it ended.
    #[telemetry(outcome, sentinel = Outcome::Interrupted)]
    outcome: Outcome,
    /// How often the card was declined.
    #[telemetry(duration = "minutes", sentinel = 0)]
    num_declined: u32,
}

#[telemetry_operation(client = telemetry, event = Unit::default(), operation = payment)]
fn pay_unit(telemetry: &Client<Shop>) -> Result<(), String> {
    payment.num_declined = Default::default();
    Ok(())
}

/// A payment was tried.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "payment", schema_version = "1.0")]
struct Unnamed(#[telemetry(outcome, sentinel = Outcome::Interrupted)] Outcome);

#[telemetry_operation(client = telemetry, event = Unnamed::default())]
fn pay_unnamed(telemetry: &Client<Shop>) -> Result<(), String> {
    Ok(())
}

/// A payment was tried.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "payment", schema_version = "1.0")]
struct Generic<'a, T: Copy, const N: usize> {
    /// How it ended.
    #[telemetry(outcome)]
    outcome: Outcome,
    /// The names of the cards.
    cards: [&'a T; N],
}

#[telemetry_operation(client = telemetry, event = Generic { outcome: Outcome::Interrupted, cards: [&1, &2] })]
fn pay_generic(telemetry: &Client<Shop>) -> Result<(), String> {
    Ok(())
}

fn by_hand(telemetry: &Client<Shop>) {
    telemetry.operation(Range::default()).finish(&Err::<(), _>(()));
}

fn main() {}
