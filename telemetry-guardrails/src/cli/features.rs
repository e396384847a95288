// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `features`: the flows and aliases that detection knows, and where each is registered.

use std::io::Write;

use clap::Args;
use serde_json::{Value, json};
use telemetry_cli::__private1::Table;
use telemetry_cli::{CommandError, Output};
use telemetry_core::descriptor::Origin;
use telemetry_core::registry::Conflict;

use crate::feature::FeatureId;
use crate::tables::{Compat, Tables};

#[derive(Debug, Args)]
pub(super) struct FeaturesArgs {
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// One flow or alias.
struct Line {
    name: &'static str,
    feature: FeatureId,
    since: Compat,
    origin: Origin,
}

pub(super) fn print(args: &FeaturesArgs, tables: &Tables, out: &mut Output<'_>) -> Result<(), CommandError> {
    let flows = tables.flows().sorted().into_iter().map(|flow| Line {
        name: flow.name,
        feature: flow.feature,
        since: flow.since,
        origin: flow.origin,
    });
    let aliases = tables.aliases().sorted().into_iter().map(|alias| Line {
        name: alias.name,
        feature: alias.feature,
        since: alias.since,
        origin: alias.origin,
    });
    let (flows, aliases): (Vec<_>, Vec<_>) = (flows.collect(), aliases.collect());
    if args.json {
        let conflicts = tables.conflicts().iter().map(Conflict::to_string).collect::<Vec<_>>();
        let json = json!({"flows": list(&flows), "aliases": list(&aliases), "conflicts": conflicts});
        out.json(json)?;
        return Ok(());
    }
    table("FLOW", &flows).print(out)?;
    writeln!(out)?;
    table("ALIAS", &aliases).print(out)?;
    for conflict in tables.conflicts() {
        out.say(format_args!("\nconflict: {conflict}"))?;
    }
    Ok(())
}

fn table(heading: &str, lines: &[Line]) -> Table<4> {
    let mut table = Table::new([heading, "FEATURE", "SINCE", "REGISTERED AT"]);
    for Line { name, feature, since, origin } in lines {
        table.row([(*name).to_owned(), feature.to_string(), since.as_str().to_owned(), origin.to_string()]);
    }
    table
}

fn list(lines: &[Line]) -> Vec<Value> {
    let object = |line: &Line| {
        json!({
            "name": line.name,
            "feature": line.feature.as_str(),
            "since": line.since.as_str(),
            "package": line.origin.package,
            "file": line.origin.file,
            "line": line.origin.line,
        })
    };
    lines.iter().map(object).collect()
}
