// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The texts that users read, in help, schemas and tables, have no links that only rustdoc understands.

use telemetry_cli::schema::{data_table, json_schema};
use telemetry_core::{Product, Profile, TelemetryEvent};
use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;

use crate::nemo_telemetry::{command, subcommands, text};

struct Bakery;

impl Product for Bakery {
    const PROFILE: Profile = Profile::new("bakery", "1").source("bakerySource", "bakery");
}

/// A cake was baked, as [`Bakery`] and [the recipe](crate::Recipe) have it in [0, 1].
///
/// See [the page](https://example.com/cakes).
///
/// [`Bakery`]: crate::Bakery
#[derive(TelemetryEvent)]
#[telemetry(product = Bakery, event_name = "cake", schema_version = "1.0")]
struct Cake {
    /// Slices, not [`Loaf`](struct@Loaf)s.
    _slices: u8,
}

/// The place of a link to a Rust item, by its label or by its target.
fn rustdoc_link(text: &str) -> Option<&str> {
    let labels = text.match_indices("[`").map(|(at, _)| at);
    let targets = text.match_indices("](").map(|(at, _)| at);
    let is_page = |at: &usize| text[*at..].starts_with("](https://");
    labels.chain(targets.filter(|at| !is_page(at))).next().map(|at| &text[at..])
}

#[test]
fn doc_comments_with_links_become_descriptions_without_them() {
    let event = Cake::DESCRIPTOR;
    assert_eq!(
        event.doc,
        "A cake was baked, as `Bakery` and the recipe have it in [0, 1].\n\nSee [the page](https://example.com/cakes)."
    );
    let schema = json_schema(&Bakery::PROFILE, &[event]).expect("the event has a schema").to_string();
    let table = data_table(event);
    assert!(schema.contains("Slices, not `Loaf`s.") && table.contains("Slices, not `Loaf`s."), "{table}");
    assert_eq!((rustdoc_link(&schema), rustdoc_link(&table)), (None, None));
}

#[test]
fn no_help_schema_or_table_of_a_product_has_such_a_link() {
    let home = Home::new();
    let mut texts = vec![text(&command(&home).run(&["--help"]).checked().lines)];
    for name in subcommands(&texts[0]) {
        texts.push(text(&command(&home).run(&[&name, "--help"]).checked().lines));
    }
    for arguments in [&["schema"][..], &["schema", "--markdown"]] {
        texts.push(text(&command(&home).run(arguments).checked().lines));
        for product in ["agent_toolkit", "data_designer", "evaluator", "launcher", "openshell", "switchyard"]
        {
            let probe = Probe::new(env!("CARGO_BIN_EXE_products_command"), &home).env("PRODUCT", product);
            texts.push(text(&probe.run(arguments).checked().lines));
        }
    }
    assert!(texts.len() > 24, "{}", texts.len());
    for text in &texts {
        assert_eq!(rustdoc_link(text), None);
    }
}
