// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The clean build of a crate that uses the derive, beside one that uses serde's.

use std::path::Path;

use crate::table::Table;
use crate::time::{cpu_seconds, medians};
use crate::workspace::{SERDE, cargo, core, directory, write_package};

const EVENT: &str = r#"
use telemetry_core::{Product, Profile, TelemetryEvent};

/// A product.
pub struct Shop;

impl Product for Shop {
    const PROFILE: Profile = Profile::new("shop", "1");
}

/// Something happened.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "ping", schema_version = "1.0")]
pub struct Ping {
    /// Whether it did.
    pub flag: bool,
}
"#;

const STRUCT: &str = "
/// Something happened.
#[derive(serde::Serialize)]
pub struct Pong {
    /// Whether it did.
    pub flag: bool,
}
";

/// The dependencies that a product probably has already: serde with its derive, and its JSON.
const JSON: &str = "serde_json = \"1\"\n";

/// Builds each package from nothing, so many times in turn.
pub(crate) fn measure(rounds: usize) {
    let packages = [
        ("serde", SERDE.to_owned(), STRUCT.to_owned()),
        ("serde and JSON", SERDE.to_owned() + JSON, STRUCT.to_owned()),
        ("serde and events", SERDE.to_owned() + &core(), STRUCT.to_owned() + EVENT),
        ("serde, JSON and events", SERDE.to_owned() + JSON + &core(), STRUCT.to_owned() + EVENT),
    ];
    let packages: Vec<_> = packages
        .iter()
        .map(|(name, dependencies, source)| {
            let root = directory(&name.replace([' ', ','], "_"));
            write_package(&root, "product", dependencies, source);
            (*name, root)
        })
        .collect();
    let medians = medians(rounds, &packages, |(_, root)| clean_build(root));
    let mut table =
        Table::new(&["clean build of a crate with", "CPU s", "more than without events, s", "target"]);
    for (index, (name, _)) in packages.iter().enumerate() {
        let without = medians[index % 2];
        let target = if index < 2 { "" } else { "at most 3 s more" };
        table.row(name, &[medians[index], medians[index] - without], target);
    }
    println!("\nClean builds\n{table}");
}

fn clean_build(root: &Path) -> f64 {
    let _ = std::fs::remove_dir_all(root.join("target"));
    // A dependency by path is compiled for small changes to come, one from a registry is not, and products have the latter.
    cpu_seconds(cargo(root, &["build"]).env("CARGO_INCREMENTAL", "0"))
}
