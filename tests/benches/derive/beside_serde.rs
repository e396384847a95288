// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The table of what each derive takes.

use crate::events::Variant;
use crate::table::Table;
use crate::time::medians;

/// Measures every variant so many times in turn.
pub(crate) fn compare(unit: &str, rounds: usize, measure: impl Fn(Variant) -> f64) -> Table {
    let medians = medians(rounds, &Variant::ALL, |variant| measure(*variant));
    let serde = medians[Variant::Serde as usize];
    let mut table = Table::new(&["derived", unit, "of serde's", "target"]);
    for (variant, seconds) in Variant::ALL.into_iter().zip(&medians) {
        let target = if variant == Variant::Checked { "at most 1.5" } else { "" };
        table.row(variant.name(), &[*seconds, seconds / serde], target);
    }
    table
}
