// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How often a report allocates: hardly at all if it is not made, from the first one on, and for little more than its event if
//! it is.

use std::collections::BTreeSet;

use telemetry_core::consent::Rule;
use telemetry_core::transport::{Request, Response, TransportError};
use telemetry_core::{Client, ConsentPolicy, Product, Profile, TelemetryEnum, TelemetryEvent, Transport};
use telemetry_tests::allocations::{Counting, count};
use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::server::{DOWN, PATIENCE, Server};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// More than the path of a marker is long, less than an event.
const SMALL: u64 = 512;

/// How often the first two reports of a process allocate, and how many bytes.
fn allocations(program: Probe) -> [(u64, u64); 2] {
    let outcome = program.run(&[]).checked();
    let pair = |line: &String| {
        let (number, bytes) = line.split_once(' ').unwrap();
        (number.parse().unwrap(), bytes.parse().unwrap())
    };
    outcome.lines.iter().map(pair).collect::<Vec<_>>().try_into().unwrap()
}

fn probe(home: &Home) -> Probe {
    Probe::new(env!("CARGO_BIN_EXE_counting_probe"), home).sending_to(DOWN)
}

#[test]
fn a_report_under_an_opt_out_makes_at_most_one_small_allocation_the_first_one_too() {
    let (by_variable, by_marker) = (Home::new(), Home::new());
    by_marker.opt_out();
    for program in [probe(&by_variable).env("DO_NOT_TRACK", "1"), probe(&by_marker)] {
        for (number, bytes) in allocations(program) {
            assert!(number <= 1 && bytes <= SMALL, "{number} allocations, {bytes} bytes");
        }
    }
}

/// The same count notices a report that is made.
#[test]
fn a_report_that_is_made_is_counted() {
    let (server, home) = (Server::start(), Home::new());
    let [first, _] = allocations(probe(&home).sending_to(server.url()));
    assert!(first.0 > 1 && first.1 > SMALL, "{first:?}");
}

/// A product that asks for all that there is to ask for, as far as this environment allows.
struct Shop;

impl Product for Shop {
    const PROFILE: Profile = Profile::new("shop", "1")
        .endpoint("http://127.0.0.1:1/")
        .endpoint_env("ALLOCATIONS_TEST_SERVER")
        .consent(ConsentPolicy::variables(&[
            ("ALLOCATIONS_TEST_OUT", Rule::OptOut),
            ("ALLOCATIONS_TEST_ENABLED", Rule::AFFIRM),
            ("ALLOCATIONS_TEST_RUN", Rule::Presence),
        ]));
}

/// The articles of a basket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, TelemetryEnum)]
enum Article {
    /// To read.
    Book,
    /// To listen to.
    Record,
}

/// A basket was paid for.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
struct Checkout {
    /// What was in it.
    articles: BTreeSet<Article>,
    /// How many there were.
    num_articles: u32,
    /// What the customer wrote.
    #[telemetry(free_text = "only tests write it", max_len = 4000, sentinel = String::new())]
    note: String,
}

impl Checkout {
    fn with_note(length: usize) -> Self {
        Self {
            articles: BTreeSet::from([Article::Book, Article::Record]),
            num_articles: 3,
            note: "x".repeat(length),
        }
    }
}

struct Discard;

impl Transport for Discard {
    fn post(&mut self, _: &Request<'_>) -> Result<Response, TransportError> {
        Ok(Response::new(204))
    }
}

/// The second allocation is for the queue, now and then.
#[test]
fn a_report_allocates_twice_at_most_beyond_its_event() {
    let home = Home::new();
    let client = Client::<Shop>::builder().config_dir(home.path()).transport(|| Discard).start();
    assert!(client.emit_with(|_| Checkout::with_note(0)).is_enabled());
    for length in [0, 100, 900] {
        let (own, own_bytes) = count(|| drop(Checkout::with_note(length)));
        for _ in 0..100 {
            let (number, _) = count(|| client.emit(Checkout::with_note(length)));
            assert!(number <= own + 2, "{number} allocations, {own} of them the event's");
        }
        assert!(client.flush(PATIENCE));
        let (number, bytes) = count(|| client.emit(Checkout::with_note(length)));
        let expected = own_bytes + length as u64 + SMALL;
        assert!(
            number <= own + 2 && bytes <= expected,
            "{number} allocations, {bytes} bytes, event {own_bytes}"
        );
    }
}
