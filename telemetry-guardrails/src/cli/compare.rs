// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `inspect --diff`: the differences between the events of two configurations.

use std::path::Path;

use serde_json::{Value, json};
use telemetry_cli::__private1::{Table, escape_path};
use telemetry_cli::{CommandError, Output};

use super::inspect::{Field, InspectArgs, Moment, fields};

/// A field whose values differ.
struct Difference {
    one: Field,
    other: Field,
}

/// Compares the events of the configuration of `args` and of `other`. Their session and time are the same.
pub(super) fn print(
    args: &InspectArgs,
    other: &Path,
    moment: &Moment,
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    let one = &args.subject.config;
    let differences = differences(args, other, moment).map_err(incomparable)?;
    if args.json {
        print_json(&differences, one, other, out)?;
    } else if differences.is_empty() {
        out.say("Both configurations produce the same event.")?;
    } else {
        out.say(format_args!("--- {}\n+++ {}\n\n", escape_path(one), escape_path(other)))?;
        table(&differences).print(out)?;
    }
    if differences.is_empty() { Ok(()) } else { Err(CommandError::Shown) }
}

/// The error with the exit code 2, because 1 means that the events differ.
fn incomparable(error: CommandError) -> CommandError {
    match error {
        CommandError::Failed(text) => CommandError::BadInput(text),
        error => error,
    }
}

fn differences(args: &InspectArgs, other: &Path, moment: &Moment) -> Result<Vec<Difference>, CommandError> {
    let of = |root: &Path| fields(&args.subject, &args.subject.load(root, args.json)?, root, moment);
    let pairs = of(&args.subject.config)?.into_iter().zip(of(other)?);
    let differences = pairs.map(|(one, other)| Difference { one, other });
    Ok(differences.filter(|pair| pair.one.value != pair.other.value).collect())
}

fn table(differences: &[Difference]) -> Table<4> {
    let mut table = Table::new(["FIELD", "", "VALUE", "WHY"]);
    for Difference { one, other } in differences {
        rows(&mut table, one.name, "-", one);
        rows(&mut table, "", "+", other);
    }
    table
}

fn rows(table: &mut Table<4>, name: &str, sign: &str, field: &Field) {
    let mut cells = [name.to_owned(), sign.to_owned(), field.shown()];
    for reason in field.reasons() {
        let [name, sign, value] = std::mem::take(&mut cells);
        table.row([name, sign, value, reason]);
    }
}

fn print_json(
    differences: &[Difference],
    one: &Path,
    other: &Path,
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    let side = |field: &Field| json!({"value": field.value, "why": field.why});
    let difference = |Difference { one, other }: &Difference| -> Value {
        json!({"field": one.name, "before": side(one), "after": side(other)})
    };
    let json = json!({
        "equal": differences.is_empty(),
        "before": one.to_string_lossy(),
        "after": other.to_string_lossy(),
        "differences": differences.iter().map(difference).collect::<Vec<_>>(),
    });
    Ok(out.json(json)?)
}
