// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Forks while operations are open.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use telemetry_core::operation::OperationOutcome;
use telemetry_core::{Client, Operation, telemetry_operation};
use telemetry_tests::fork::{copy, fork, leave, raw_fork, wait_for};
use telemetry_tests::server::PATIENCE;
use telemetry_tests::shop::{Payment, Shop};

fn payment(shop: &Client<Shop>, number: u32) -> Operation<Payment> {
    shop.operation(Payment { number, ..Default::default() })
}

fn end(mut payment: Operation<Payment>) {
    payment.process = std::process::id();
    payment.finish_with(OperationOutcome::Success);
}

/// Ends one payment and drops the other.
fn end_both([ended, dropped]: [Operation<Payment>; 2]) {
    end(ended);
    drop(dropped);
}

fn guards(shop: &Client<Shop>, fork: impl FnOnce(&mut dyn FnMut()) -> Option<libc::pid_t>) {
    let mut open = Some([payment(shop, 1), payment(shop, 2)]);
    let child = fork(&mut || {
        end_both(open.take().unwrap());
        end(payment(shop, 11));
        assert!(shop.flush(PATIENCE));
    });
    match child {
        Some(child) => wait_for(child),
        None => println!("not allowed"),
    }
    end_both(open.take().unwrap());
}

#[telemetry_operation(client = shop, event = Payment { number: 1, ..Default::default() }, operation = payment)]
fn forks_inside(shop: &Client<Shop>) -> libc::pid_t {
    let child = copy();
    payment.process = std::process::id();
    child
}

fn function(shop: &Client<Shop>) {
    match forks_inside(shop) {
        0 => {
            assert_eq!(shop.stats().produced, 0, "the child has emitted nothing");
            leave();
        }
        child => wait_for(child),
    }
}

fn generations(shop: &Client<Shop>, number: u32) {
    let open = payment(shop, number);
    if number < 3 {
        wait_for(fork(|| generations(shop, number + 1)));
    }
    end(open);
    assert!(shop.flush(PATIENCE));
}

fn threads(shop: &Client<Shop>, children: u32) {
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    drop([payment(shop, 1), payment(shop, 1)]);
                    std::thread::sleep(Duration::from_micros(200));
                }
            });
        }
        let born: Vec<_> = (0..children)
            .map(|child| {
                let mut open = Some([payment(shop, 2), payment(shop, 2)]);
                let born = fork(|| {
                    end_both(open.take().unwrap());
                    end(payment(shop, 100 + child));
                    assert!(shop.flush(PATIENCE));
                });
                end_both(open.take().unwrap());
                born
            })
            .collect();
        born.into_iter().for_each(wait_for);
        over.store(true, Ordering::Relaxed);
    });
}

fn daemon(shop: &Client<Shop>) {
    let open = payment(shop, 1);
    if copy() != 0 {
        // The parent leaves without its destructors, as a process that becomes a daemon does.
        leave();
    }
    end(open);
    end(payment(shop, 2));
}

fn kept(shop: &Client<Shop>) {
    static KEPT: OnceLock<Operation<Payment>> = OnceLock::new();
    KEPT.set(payment(shop, 1)).unwrap();
    std::mem::forget(payment(shop, 2));
    end(payment(shop, 3));
}

pub(crate) fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = arguments.get(1).and_then(|text| text.parse().ok()).unwrap_or(0);
    let shop = Client::<Shop>::builder().start();
    match arguments.first().map(String::as_str) {
        Some("guards") => guards(&shop, |child| Some(fork(child))),
        Some("function") => function(&shop),
        Some("raw-clone") => guards(&shop, |child| raw_fork(0, child)),
        Some("raw-clone-namespace") => guards(&shop, |child| raw_fork(libc::CLONE_NEWPID, child)),
        Some("generations") => generations(&shop, 1),
        Some("threads") => threads(&shop, number),
        Some("daemon") => daemon(&shop),
        Some("kept") => kept(&shop),
        _ => panic!("what am I to do?"),
    }
    assert!(shop.flush(PATIENCE));
}
