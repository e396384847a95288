// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `--limit`: the limits of the configuration reader, as options.

use guardrails_config::{ConfigError, Limits};

const HELP: &str = "check that this is the right path";

const DEPTH: &str = "yaml_depth";

/// The maximum of `yaml_depth`. The reader goes from each value to those inside it, on the stack of one thread.
const DEEPEST: u64 = 1000;

/// A limit by its name, with the value that the user allows.
#[derive(Debug, Clone)]
pub(super) struct Limit {
    name: String,
    most: u64,
}

/// Parses `NAME=N`.
pub(super) fn parse(text: &str) -> Result<Limit, String> {
    let (name, most) = text.split_once('=').ok_or("write it as `NAME=N`, such as `yaml_depth=400`")?;
    let most = most.parse().map_err(|_| format!("`{most}` is not a number"))?;
    if name == DEPTH && most > DEEPEST {
        return Err(format!("`{DEPTH}` is at most {DEEPEST}, for which the stack of every thread has room"));
    }
    match Limits::default().with(name, most) {
        Some(_) => Ok(Limit { name: name.to_owned(), most }),
        None => Err(unknown(name)),
    }
}

fn unknown(name: &str) -> String {
    format!("`{name}` is not a limit; the limits are {}", Limits::NAMES.join(", "))
}

/// The default limits with those of the user. The last one of each name counts.
pub(super) fn limits(chosen: &[Limit]) -> Limits {
    let raised = |limits: Limits, limit: &Limit| limits.with(&limit.name, limit.most).unwrap_or(limits);
    chosen.iter().fold(Limits::default(), raised)
}

/// The text of an error. The help for an exceeded limit names the option that raises it.
pub(super) fn described(error: &ConfigError, limits: &Limits) -> String {
    let text = error.to_string();
    let Some(limit) = error.limit() else { return text };
    let more = limits.get(limit).unwrap_or_default().saturating_mul(2).max(1);
    let help = match parse(&format!("{limit}={more}")) {
        Ok(_) => format!(
            "{HELP}, make the configuration smaller, or raise the limit with `--limit {limit}={more}`"
        ),
        Err(_) => format!("{HELP}, or make the configuration smaller"),
    };
    text.strip_suffix(error.remedy()).map_or_else(|| text.clone(), |problem| format!("{problem}{help}"))
}
