// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Measured functions of every shape. Those with `self` are in `methods`.

use std::fmt::Debug;
use std::sync::{Arc, OnceLock};

use telemetry_core::operation::OperationOutcome;
use telemetry_core::testing::Captured;
use telemetry_core::{Client, telemetry_operation};

use crate::shop::{Payment, Shop};

#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) fn find(telemetry: &Client<Shop>, wanted: usize) -> Option<u8> {
    [1_u8, 2].get(wanted).copied()
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) fn aliased(telemetry: &Client<Shop>, goes_well: bool) -> std::io::Result<()> {
    if goes_well { Ok(()) } else { Err(std::io::Error::other("declined")) }
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) fn unit(telemetry: &Client<Shop>) {
    #![allow(clippy::needless_return, reason = "an early return is what is tested")]
    if telemetry.stats().produced > 0 {
        return;
    }
    assert_eq!(telemetry.stats().produced, 0);
}

#[allow(clippy::unused_unit, reason = "the arrow is what is tested")]
#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) fn explicit_unit(telemetry: &Client<Shop>, early: bool) -> () {
    if early {
        return;
    }
    panic!("not reached");
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) fn number(telemetry: &Client<Shop>) -> u8 {
    1
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) fn generic<T>(telemetry: &Client<Shop>, value: T) -> T
where
    T: Debug + Clone,
{
    value
}

/// The outcome that follows from the status of a request.
fn ending_of(status: u16) -> OperationOutcome {
    match status {
        499 => OperationOutcome::Interrupted,
        400.. => OperationOutcome::Failure,
        _ => OperationOutcome::Success,
    }
}

#[telemetry_operation(client = telemetry, event = Payment::default(), outcome = |status| ending_of(*status))]
pub(crate) fn answer(telemetry: &Client<Shop>, status: u16) -> u16 {
    status
}

#[telemetry_operation(
    client = telemetry,
    event = Payment::default(),
    outcome = |status: &u16| match *status {
        404 => OperationOutcome::Failure,
        _ => OperationOutcome::Success,
    },
)]
pub(crate) async fn later_answer(telemetry: &Client<Shop>, status: u16) -> u16 {
    std::future::ready(status).await
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) fn panicking(telemetry: &Client<Shop>) -> Result<(), String> {
    panic!("the till is on fire")
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) fn never(telemetry: &Client<Shop>) -> ! {
    panic!("the till is on fire")
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) fn diverging(telemetry: &Client<Shop>) -> impl Debug {
    panic!("the till is on fire")
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) async fn later_diverging(telemetry: &Client<Shop>) -> impl Debug {
    std::future::ready(()).await;
    panic!("the till is on fire")
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) fn opaque(telemetry: &Client<Shop>, goes_well: bool) -> impl Debug {
    if goes_well { Ok(1_u8) } else { Err(2_u8) }
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) fn opaque_unit(telemetry: &Client<Shop>) -> impl Debug {}

/// Starts what goes on after it.
#[telemetry_operation(client = telemetry, event = Payment::default(), outcome = |_| OperationOutcome::Success)]
pub(crate) fn starts(telemetry: &Client<Shop>) -> std::future::Ready<u8> {
    std::future::ready(1)
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) async fn later_panicking(telemetry: &Client<Shop>) -> u8 {
    std::future::ready(()).await;
    panic!("the till is on fire")
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) async fn later_unit(telemetry: &Client<Shop>) {
    std::future::ready(()).await;
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) async fn later_never(telemetry: &Client<Shop>) -> ! {
    loop {
        std::future::pending::<()>().await;
    }
}

#[telemetry_operation(
    client = telemetry,
    event = Payment { num_declined: before, ..Default::default() },
    operation = payment,
)]
pub(crate) fn declined(telemetry: &Client<Shop>, before: u32, cards: &[u8]) -> usize {
    for _ in cards {
        payment.num_declined += 1;
    }
    cards.len()
}

#[telemetry_operation(client = telemetry, event = Payment::default(), operation = payment)]
pub(crate) async fn later_declined(telemetry: &Client<Shop>, before: u32) -> u32 {
    payment.num_declined = before;
    std::future::ready(()).await;
    payment.num_declined += 1;
    payment.num_declined
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) async fn later_generic<T>(telemetry: Client<Shop>, value: T) -> Option<T>
where
    T: Debug + Send,
{
    std::future::ready(Some(value)).await
}

/// Adds up.
///
/// # Safety
///
/// None: the word is what is tested.
#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) unsafe fn dangerous(telemetry: &Client<Shop>) -> u8 {
    1
}

#[inline(never)]
#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) extern "C" fn foreign(telemetry: &Client<Shop>) -> u8 {
    2
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) fn recursive(telemetry: &Client<Shop>, number: u32) -> u32 {
    if number == 0 { 0 } else { number + recursive(telemetry, number - 1) }
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) fn shadows(telemetry: &Client<Shop>, (one, two): (u8, u8), mut three: u8) -> u8 {
    three += one;
    three + two
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) fn twice(telemetry: &Client<Shop>) -> u8 {
    1
}

pub(crate) static LAZY: OnceLock<Client<Shop>> = OnceLock::new();

#[telemetry_operation(client = LAZY.get().unwrap(), event = Payment::default())]
pub(crate) fn by_static() {}

#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) fn by_arc(telemetry: &Arc<Client<Shop>>) {}

#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) fn by_double_reference(telemetry: &&Client<Shop>) {}

#[telemetry_operation(client = telemetry, event = Payment::default())]
pub(crate) fn by_value(telemetry: Client<Shop>) {}

#[telemetry_operation(
    client = client,
    event = Payment { num_declined: guard, ..Payment::default() },
    operation = operation,
    crate = "::telemetry_core",
)]
pub(crate) fn same_names(
    client: &Client<Shop>,
    guard: u32,
    returned: u32,
    typed: u32,
) -> Result<u32, String> {
    operation.num_declined += u32::from(client.stats().queued > 0);
    Ok(guard + returned + typed)
}

/// Arguments whose tokens look like others.
pub(crate) mod arguments {
    use std::collections::BTreeMap;

    use super::{Client, OperationOutcome, Payment, Shop, telemetry_operation};

    pub(crate) mod op {
        pub(crate) struct Kind(pub(crate) u32);
    }

    trait Makes<A, B> {
        fn make() -> Payment;
    }

    struct Maker<A, B>(A, B);

    impl<A, B> Makes<A, B> for Maker<A, B> {
        fn make() -> Payment {
            Payment::default()
        }
    }

    /// A type that names the module `op`, commas in angle brackets of a path and of a closure.
    #[telemetry_operation(
        client = telemetry,
        event = <Maker<u8, u16> as Makes<u8, u16>>::make(),
        operation = op,
        outcome = |paid: &Result<u32, u16>| if *paid < Ok(2) { OperationOutcome::Failure } else { OperationOutcome::Success },
    )]
    pub(crate) fn look_alikes(telemetry: &Client<Shop>, kinds: &BTreeMap<u8, op::Kind>) -> Result<u32, u16> {
        op.num_declined = kinds.values().map(|kind| kind.0).sum();
        Ok(op.num_declined)
    }

    /// Statements that do not leave the function, although they could in other places.
    #[telemetry_operation(
        client = telemetry,
        event = Payment {
            num_declined: (|| text.parse::<u32>().ok()?.checked_add(1))().unwrap_or_default(),
            ..Payment::default()
        },
        operation = payment,
    )]
    pub(crate) fn closure(telemetry: &Client<Shop>, text: &str) -> u32 {
        payment.num_declined
    }
}

/// Items that a variable of the macro must not mean: in a pattern they would be a value to compare with.
pub(crate) mod items {
    #![allow(non_upper_case_globals, non_camel_case_types, unused, reason = "the names are what is tested")]

    use super::{Client, Payment, Shop, telemetry_operation};

    static client: u8 = 1;
    const guard: u8 = 2;
    struct returned;
    static typed: u8 = 3;
    const ending: u8 = 4;

    /// A method that every value has.
    trait Ends: Sized {
        fn ending(self) {}
        fn end(self) {}
    }

    impl<T> Ends for T {}

    #[telemetry_operation(client = till, event = Payment::default(), operation = payment)]
    pub(crate) fn measured(till: &Client<Shop>) -> Result<u8, ()> {
        Ok(client + guard)
    }

    #[telemetry_operation(client = till, event = Payment::default())]
    pub(crate) async fn measured_later(till: &Client<Shop>) -> u8 {
        typed + ending
    }
}

macro_rules! measured {
    ($name:ident, $client:expr, $event:expr, $returns:ty, $body:block) => {
        #[telemetry_operation(client = $client, event = $event)]
        pub(crate) fn $name() -> $returns $body
    };
}

measured!(by_macro, LAZY.get().unwrap(), Payment::default(), Option<u8>, { None });

/// Asks while it drops what has been sent.
struct Asks<'a>(&'a Captured<Shop>, &'a mut usize);

impl Drop for Asks<'_> {
    fn drop(&mut self) {
        *self.1 = self.0.events().len();
    }
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
fn drops(telemetry: &Client<Shop>, asks: Asks<'_>) {
    let _asks = asks;
}

/// An argument that the body only looks at is dropped with it.
#[telemetry_operation(client = telemetry, event = Payment::default())]
async fn drops_later(telemetry: &Client<Shop>, asks: Asks<'_>) {
    let _asks = &asks;
    std::future::ready(()).await;
}

pub(crate) fn counts_what_was_sent_before(telemetry: &Client<Shop>, sent: &Captured<Shop>) -> usize {
    let mut seen = usize::MAX;
    drops(telemetry, Asks(sent, &mut seen));
    seen
}

pub(crate) async fn counts_what_was_sent_before_later(
    telemetry: &Client<Shop>,
    sent: &Captured<Shop>,
) -> usize {
    let mut seen = usize::MAX;
    drops_later(telemetry, Asks(sent, &mut seen)).await;
    seen
}
