// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The Colang libraries that ship with the product, as a table: how many flows each part has and what it imports.
//!
//! Source: `v2_library.json`. The files themselves are not needed: only their flows are counted.

/// A part of a library, as an import names it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bundled {
    /// Flows in the files of this part, imports not followed.
    pub(crate) flows: u64,
    /// How many of these count as custom: all of them where a directory is imported, none of the standard library's.
    pub(crate) custom: u64,
    /// What the files import themselves.
    pub(crate) imports: &'static [&'static str],
}

/// The standard library: module, flows, imports.
const STANDARD: [(&str, u64, &[&str]); 7] = [
    ("attention", 9, &[]),
    ("avatars", 29, &["core", "timing", "llm"]),
    ("core", 45, &[]),
    ("guardrails", 6, &["core"]),
    ("llm", 17, &["core", "timing"]),
    ("passthrough", 2, &["llm"]),
    ("timing", 5, &[]),
];

/// The rails library: directory with a file `flows.co`, flows.
const RAILS: [(&str, u64); 32] = [
    ("activefence", 7),
    ("ai_defense", 2),
    ("autoalign", 4),
    ("clavata", 3),
    ("cleanlab", 2),
    ("content_safety", 2),
    ("context_bloat_detection", 4),
    ("crowdstrike_aidr", 2),
    ("f5", 2),
    ("factchecking/align_score", 1),
    ("fiddler", 3),
    ("gcp_moderate_text", 5),
    ("gliner", 6),
    ("guardrails_ai", 2),
    ("hallucination", 4),
    ("hf_classifier", 3),
    ("injection_detection", 1),
    ("jailbreak_detection", 2),
    ("llama_guard", 2),
    ("pangea", 2),
    ("patronusai", 2),
    ("policyai", 2),
    ("polygraf", 6),
    ("privateai", 6),
    ("prompt_security", 2),
    ("regex", 3),
    ("self_check/facts", 1),
    ("self_check/input_check", 1),
    ("self_check/output_check", 1),
    ("sensitive_data_detection", 6),
    ("topic_safety", 1),
    ("trend_micro", 2),
];

/// Where the rails library lies below the root of the packages.
const RAILS_ROOT: &str = "nemoguardrails/library";
/// Where the standard library lies below the root of the packages.
const STANDARD_ROOT: &str = "nemoguardrails/colang/v2_x/library";

impl Bundled {
    /// Looks an import path up.
    pub(crate) fn find(import: &str) -> Option<Self> {
        let parts: Vec<&str> = import.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
        let path = parts.join("/");
        if let Some(below) = below(&path, STANDARD_ROOT) {
            return if below.is_empty() {
                Some(Self::standard_as_directory())
            } else {
                Self::standard(below)
            };
        }
        Self::standard(&path).or_else(|| Self::rails(below(&path, RAILS_ROOT)?))
    }

    /// A module of the standard library, resolved to its file: none of its flows is custom.
    fn standard(path: &str) -> Option<Self> {
        let module = path.strip_suffix(".co").unwrap_or(path);
        let (_, flows, imports) = STANDARD.iter().find(|(name, _, _)| *name == module)?;
        Some(Self { flows: *flows, custom: 0, imports })
    }

    /// The standard library as a directory: its files are then known by their base names only, so all flows count.
    fn standard_as_directory() -> Self {
        let flows = STANDARD.iter().map(|(_, flows, _)| flows).sum();
        Self { flows, custom: flows, imports: &["core", "timing", "llm"] }
    }

    /// A directory of the rails library, or one of its files `flows.co`.
    fn rails(path: &str) -> Option<Self> {
        let file = path.strip_suffix("/flows.co").or_else(|| path.strip_suffix("/flows"));
        let holds =
            |name: &str| file.map_or_else(|| below(name, path).is_some(), |directory| directory == name);
        let counts: Vec<u64> =
            RAILS.iter().filter(|(name, _)| holds(name)).map(|(_, flows)| *flows).collect();
        let flows = counts.iter().sum();
        (!counts.is_empty()).then_some(Self { flows, custom: flows, imports: &[] })
    }
}

/// What is left of `path` below the directory `root`; empty for the directory itself.
fn below<'a>(path: &'a str, root: &str) -> Option<&'a str> {
    if root.is_empty() {
        return Some(path);
    }
    let rest = path.strip_prefix(root)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}
