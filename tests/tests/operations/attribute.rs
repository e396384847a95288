// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `#[telemetry_operation]` on functions of every shape, on every way out.

#![deny(warnings, clippy::pedantic)]

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use crate::functions;
use crate::methods::{Basket, Pays, Till};
use crate::shop::{Shop, outcome_of, outcomes};
use telemetry_core::Client;
use telemetry_core::testing::capture;

/// Polls once, and drops the future if it waits.
fn poll_once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// How the operations of a till end that `work` does.
fn at_the_till(work: impl FnOnce(Till)) -> Vec<String> {
    outcome_of(|telemetry| work(Till::new(telemetry.clone())))
}

/// How the operations end that `work` does with a client.
fn with_client<T>(work: impl FnOnce(&Client<Shop>) -> T) -> Vec<String> {
    outcome_of(|telemetry| drop(work(telemetry)))
}

#[test]
fn the_returned_value_decides_between_success_and_failure() {
    assert_eq!(at_the_till(|till| assert_eq!(till.pay("3"), Ok(3))), ["success"]);
    assert_eq!(at_the_till(|till| assert!(till.pay("much").is_err())), ["failure"], "an error by `?`");
    assert_eq!(at_the_till(|till| assert_eq!(till.pay(""), Ok(0))), ["success"], "an early return");
    assert_eq!(with_client(|telemetry| functions::find(telemetry, 1)), ["success"]);
    assert_eq!(with_client(|telemetry| functions::find(telemetry, 9)), ["failure"]);
    assert_eq!(with_client(|telemetry| functions::aliased(telemetry, true)), ["success"]);
    assert_eq!(with_client(|telemetry| functions::aliased(telemetry, false)), ["failure"]);
}

#[test]
fn what_cannot_fail_is_a_success() {
    assert_eq!(with_client(functions::unit), ["success"]);
    assert_eq!(with_client(|telemetry| functions::explicit_unit(telemetry, true)), ["success"]);
    assert_eq!(with_client(functions::number), ["success"]);
    assert_eq!(with_client(|telemetry| functions::generic(telemetry, Err::<u8, u8>(1))), ["success"]);
    assert_eq!(
        with_client(|telemetry| functions::generic(telemetry, std::future::ready(1))),
        ["success"],
        "a type parameter is not looked into"
    );
    assert_eq!(with_client(|telemetry| drop(functions::opaque_unit(telemetry))), ["success"]);
}

#[test]
fn an_opaque_type_counts_as_what_it_is() {
    assert_eq!(with_client(|telemetry| drop(functions::opaque(telemetry, true))), ["success"]);
    assert_eq!(with_client(|telemetry| drop(functions::opaque(telemetry, false))), ["failure"]);
}

#[test]
fn the_author_can_tell_the_outcome() {
    let answered = |status| with_client(|telemetry| assert_eq!(functions::answer(telemetry, status), status));
    assert_eq!(answered(200), ["success"]);
    assert_eq!(answered(404), ["failure"]);
    assert_eq!(answered(499), ["interrupted"]);
    assert_eq!(with_client(functions::starts), ["success"], "of a future, too");
    assert_eq!(with_client(|telemetry| poll_once(functions::later_answer(telemetry, 404))), ["failure"]);
}

#[test]
fn a_panic_is_an_interruption_and_goes_on() {
    let panics = |work: fn(&Client<Shop>)| {
        with_client(|telemetry| {
            let caught = catch_unwind(AssertUnwindSafe(|| work(telemetry))).unwrap_err();
            assert_eq!(caught.downcast_ref(), Some(&"the till is on fire"));
        })
    };
    assert_eq!(panics(|telemetry| functions::panicking(telemetry).unwrap()), ["interrupted"]);
    assert_eq!(panics(|telemetry| functions::never(telemetry)), ["interrupted"]);
    assert_eq!(panics(|telemetry| drop(functions::diverging(telemetry))), ["interrupted"]);
    assert_eq!(
        panics(|telemetry| assert!(poll_once(functions::later_diverging(telemetry)).is_none())),
        ["interrupted"]
    );
    assert_eq!(
        panics(|telemetry| assert!(poll_once(functions::later_panicking(telemetry)).is_none())),
        ["interrupted"]
    );
}

#[test]
fn an_async_function_is_measured_from_its_first_poll_to_its_end() {
    let (text, till) = (String::from("3"), |work: fn(&Till, &str)| at_the_till(|till| work(&till, "3")));
    assert_eq!(
        till(|till, text| assert_eq!(poll_once(till.pay_later(text, false)), Some(Ok(3)))),
        ["success"]
    );
    assert_eq!(at_the_till(|till| assert!(poll_once(till.pay_later("much", false)).is_some())), ["failure"]);
    assert_eq!(
        at_the_till(|till| assert!(poll_once(till.pay_later("", false)).is_some())),
        ["success"],
        "an early return"
    );
    assert_eq!(till(|till, text| assert!(poll_once(till.pay_later(text, true)).is_none())), ["interrupted"]);
    assert_eq!(till(|till, text| drop(till.pay_later(text, false))), [""; 0], "never polled");
    assert_eq!(
        at_the_till(|till| {
            let mut leaked = Box::pin(till.pay_later(&text, true));
            assert!(leaked.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            std::mem::forget(leaked);
        }),
        [""; 0],
        "leaked while it waits"
    );
    assert_eq!(with_client(|telemetry| poll_once(functions::later_unit(telemetry))), ["success"]);
    assert_eq!(with_client(|telemetry| poll_once(functions::later_never(telemetry))), ["interrupted"]);
}

#[test]
fn fields_are_set_from_the_arguments_and_while_it_runs() {
    let (telemetry, sent) = capture::<Shop>();
    assert_eq!(functions::declined(&telemetry, 5, &[1, 2]), 2);
    assert_eq!(poll_once(functions::later_declined(&telemetry, 7)), Some(8));
    let declined: Vec<_> =
        sent.events().iter().map(|event| event.parameters["numDeclined"].clone()).collect();
    assert_eq!(declined, [7, 8]);
    assert!(sent.events().iter().all(|event| event.parameters["durationMs"].as_i64().unwrap() >= 0));
}

#[test]
fn arguments_are_told_from_look_alikes() {
    use crate::functions::arguments::{closure, look_alikes, op::Kind};
    let paid = |amount| with_client(|till| look_alikes(till, &[(1, Kind(amount))].into()).unwrap());
    assert_eq!((paid(1), paid(2)), (vec!["failure".to_owned()], vec!["success".to_owned()]));
    assert_eq!(with_client(|till| assert_eq!((closure(till, "3"), closure(till, "?")), (4, 0))).len(), 2);
}

#[test]
fn receivers_generics_and_opaque_types_stay_as_they_are() {
    let (telemetry, sent) = capture::<Shop>();
    let mut basket = Basket::new(telemetry.clone(), vec![1, 2, 3]);
    *basket.first_mut().unwrap() = 9;
    assert_eq!(basket.longest("ab", "c"), "ab");
    assert_eq!(basket.evens().collect::<Vec<_>>(), [2]);
    assert_eq!(basket.try_evens(4).unwrap().count(), 1);
    assert_eq!(basket.capturing(&[1, 2]).unwrap().count(), 2);
    assert_eq!(Basket::named(&telemetry, "x", |text: &str| text.len()), 1);
    assert_eq!(Arc::new(basket.clone()).shared(), 3);
    assert_eq!(basket.count(), 3);
    assert_eq!(basket.into_articles(), [9, 2, 3]);
    // SAFETY: the function has no condition.
    assert_eq!(unsafe { functions::dangerous(&telemetry) }, 1);
    assert_eq!(functions::foreign(&telemetry), 2);
    assert_eq!(functions::recursive(&telemetry, 3), 6);
    assert_eq!(functions::shadows(&telemetry, (1, 2), 3), 6);
    assert_eq!(functions::twice(&telemetry), 1);
    assert_eq!(outcomes(&sent), ["success"].repeat(7 + 3 + 1 + 2 + 4 + 1 + 2));
}

#[test]
fn a_client_may_be_anything_that_derefs_to_one() {
    let (telemetry, sent) = capture::<Shop>();
    functions::LAZY.set(telemetry.clone()).unwrap();
    functions::by_static();
    functions::by_arc(&Arc::new(telemetry.clone()));
    functions::by_double_reference(&&telemetry);
    functions::by_value(telemetry);
    assert_eq!(outcomes(&sent), ["success"; 4]);
    assert_eq!(functions::by_macro(), None);
    assert_eq!(outcomes(&sent)[4..], ["failure"], "a function that a macro has made");
}

#[test]
fn a_method_of_a_trait_is_measured_with_the_operations_inside_of_it() {
    assert_eq!(
        at_the_till(|till| assert_eq!(poll_once(till.pay_all(&["1", "2"])), Some(Ok(3)))),
        ["success", "success", "success"]
    );
    assert_eq!(
        at_the_till(|till| assert!(poll_once(till.pay_all(&["1", "much", "2"])).is_some())),
        ["success", "failure", "failure"]
    );
}

/// Compiles only if the futures are `Send`, and `'static` where they borrow nothing.
#[test]
fn futures_are_send_where_they_were() {
    fn is_send<T: Send>(_: &T) {}
    let (telemetry, _sent) = capture::<Shop>();
    let till = Till::new(telemetry.clone());
    is_send(&till.pay_later("1", true));
    is_send(&functions::later_declined(&telemetry, 1));
    is_send(&functions::later_generic(telemetry, vec![1_u8]));
}

/// The macro's own names are out of the body's sight, and the body's out of the macro's.
#[test]
fn names_do_not_clash() {
    assert_eq!(with_client(|client| functions::same_names(client, 1, 2, 3)), ["success"]);
    assert_eq!(with_client(|client| functions::items::measured(client).unwrap()), ["success"]);
    assert_eq!(with_client(|client| poll_once(functions::items::measured_later(client))), ["success"]);
}

#[test]
fn what_the_body_drops_is_dropped_before_the_event_is_sent() {
    let (telemetry, sent) = capture::<Shop>();
    let seen = functions::counts_what_was_sent_before(&telemetry, &sent);
    assert_eq!((seen, outcomes(&sent).len()), (0, 1));
    let seen = poll_once(functions::counts_what_was_sent_before_later(&telemetry, &sent));
    assert_eq!((seen, outcomes(&sent).len()), (Some(1), 2));
}
