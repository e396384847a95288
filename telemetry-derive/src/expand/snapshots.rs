// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Compares the generated code of representative items with `snapshots/`, and limits its length.
//!
//! After a deliberate change, `RECORD_SNAPSHOTS=1 cargo test -p telemetry-derive` records the new code: read the difference
//! before committing it.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use proc_macro2::TokenStream;
use syn::DeriveInput;

use super::{derive_event, derive_value_struct, derive_vocabulary};

/// The maximum number of formatted lines that an event expands to, without its fields.
const LINES_PER_EVENT: usize = 55;
/// The maximum number of lines that each field adds.
const LINES_PER_FIELD: usize = 14;

type Derive = fn(&DeriveInput) -> TokenStream;

/// The items, with their names and derives.
const ITEMS: [(&str, Derive, &str); 10] = [
    (
        "event_without_fields",
        derive_event,
        r#"
        /// Something happened.
        #[telemetry(product = Shop, event_name = "ping", schema_version = "1.0")]
        struct Ping {}
        "#,
    ),
    (
        "event_of_primitives",
        derive_event,
        r#"
        /// A basket was paid for.
        #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
        struct Checkout {
            /// Articles in the basket.
            num_articles: u32,
            /// Whether it is a gift.
            is_gift: bool,
            /// Its weight in kilograms.
            #[telemetry(sentinel = -1.0)]
            weight_kg: f64,
        }
        "#,
    ),
    (
        "event_with_every_sentinel",
        derive_event,
        r#"
        /// A sandbox was created, or not.
        #[telemetry(product = OpenShell, event_name = "sandbox_create", schema_version = "4.0")]
        pub struct SandboxCreate {
            /// How the creation ended.
            #[telemetry(outcome, sentinel = Outcome::Undefined)]
            pub outcome: Outcome,
            /// Wall time.
            #[telemetry(duration = "ms", sentinel = -1)]
            pub duration_ms: i64,
            /// GPUs asked for.
            #[telemetry(range = 0..=64, sentinel = 0)]
            pub requested_gpu: u32,
        }
        "#,
    ),
    (
        "event_with_ranges",
        derive_event,
        r#"
        /// A job ran.
        #[telemetry(product = Shop, event_name = "job", schema_version = "1.0")]
        struct Job {
            /// Plain bounds of a wide integer.
            #[telemetry(range = -1..=9)]
            index: i128,
            /// Bounds that the compiler computes.
            #[telemetry(range = 0..=MOST - 1)]
            peak: Option<u64>,
            /// Bounds of a float.
            #[telemetry(range = 0.0..=1.0, sentinel = 0.0)]
            load: f64,
            /// A count that would mislead if it were changed.
            #[telemetry(range = 1..=64, out_of_range = "drop")]
            workers: u32,
            /// A float like that.
            #[telemetry(range = 0.0..=1.0, out_of_range = "drop", sentinel = 0.0)]
            share: f64,
        }
        "#,
    ),
    (
        "event_with_texts_and_buckets",
        derive_event,
        r#"
        /// A model answered.
        #[telemetry(product = Shop, event_name = "answer", schema_version = "1.0")]
        struct Answer {
            /// Who served it.
            #[telemetry(free_text = "engine identifiers", max_len = 64, sentinel = "unknown")]
            engine: String,
            /// Who else.
            #[telemetry(free_text = "engine identifiers", max_len = 64, sentinel = vec![])]
            others: Vec<String>,
            /// Tokens of the answer.
            #[telemetry(bucket(10, 100, 1000))]
            tokens: usize,
        }
        "#,
    ),
    (
        "event_with_a_type_that_is_no_value",
        derive_event,
        r#"
        /// A file was read.
        #[telemetry(product = Shop, event_name = "read", schema_version = "1.0")]
        struct Read {
            /// Where it is.
            path: PathBuf,
        }
        "#,
    ),
    (
        "event_with_errors",
        derive_event,
        r#"
        #[telemetry(product = Shop, event_nmae = "read", schema_version = "1.0")]
        struct Read {
            #[telemetry(sentinel = 0)]
            count: u32,
        }
        "#,
    ),
    (
        "object",
        derive_value_struct,
        r#"
        /// One step of a job.
        #[telemetry(crate = "path::to::core")]
        struct Step {
            /// Which one.
            r#type: Kind,
            /// How long it took.
            #[telemetry(sentinel = 0.0)]
            seconds: f32,
        }
        "#,
    ),
    (
        "enum_with_fallback",
        derive_vocabulary,
        r#"
        /// How it ended.
        #[telemetry(rename_all = "snake_case")]
        pub enum Outcome {
            Success,
            #[telemetry(alias = "expired")]
            TimedOut,
            #[telemetry(fallback)]
            Undefined,
        }
        "#,
    ),
    (
        "enum_without_fallback",
        derive_vocabulary,
        r#"
        /// Which engine.
        enum Engine {
            LLMRails,
            #[telemetry(rename = "IO")]
            IORails,
        }
        "#,
    ),
];

fn formatted(code: &str) -> String {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--config", "max_width=110,use_small_heuristics=Max"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    rustfmt.stdin.take().unwrap().write_all(code.as_bytes()).unwrap();
    let output = rustfmt.wait_with_output().unwrap();
    assert!(output.status.success(), "rustfmt refused {code}");
    String::from_utf8(output.stdout).unwrap()
}

fn expansion(derive: Derive, item: &str) -> String {
    formatted(&derive(&syn::parse_str(item).unwrap()).to_string())
}

#[test]
fn the_generated_code_is_the_recorded_one() {
    for (name, derive, item) in ITEMS {
        let path =
            PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots")).join(format!("{name}.rs"));
        let header = include_str!("snapshots.rs").lines().take(2).collect::<Vec<_>>().join("\n");
        let code = format!("{header}\n\n{}", expansion(derive, item));
        if std::env::var_os("RECORD_SNAPSHOTS").is_some() {
            std::fs::write(&path, &code).unwrap();
        }
        let recorded = std::fs::read_to_string(&path).unwrap();
        assert_eq!(code, recorded, "{name}: see the head of this module to record it anew");
    }
}

#[test]
fn the_generated_code_of_an_event_stays_small() {
    for (name, derive, item) in ITEMS.iter().filter(|(name, ..)| name.starts_with("event")) {
        let fields = item.lines().filter(|line| line.trim_end().ends_with(',')).count();
        let lines = expansion(*derive, item).lines().count();
        let ceiling = LINES_PER_EVENT + LINES_PER_FIELD * fields;
        assert!(lines <= ceiling, "{name} expands to {lines} lines, more than {ceiling}");
    }
}

#[test]
fn every_generated_item_says_that_it_is_generated() {
    for (name, derive, item) in ITEMS {
        let code = expansion(derive, item);
        let impls = code.lines().filter(|line| line.trim_start().starts_with("impl")).count();
        assert_eq!(code.matches("#[automatically_derived]").count(), impls, "{name}");
    }
}
