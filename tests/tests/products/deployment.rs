// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How the other products say that they are deployed, in real processes.
//!
//! Reference: `client_default` of `deploymentType` in `product_events.json`.

#![cfg(target_os = "linux")]

use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;

/// The deployment type of a process with this variable, after these steps.
fn deployment(product: &str, value: Option<&str>, steps: &[&str]) -> Vec<String> {
    let home = Home::new();
    let probe = Probe::new(env!("CARGO_BIN_EXE_product_probe"), &home);
    let probe = value.into_iter().fold(probe, |probe, value| probe.env("NEMO_DEPLOYMENT_TYPE", value));
    let steps: Vec<_> = steps.iter().map(|step| format!("{product}:{step}")).collect();
    probe.run(&steps.iter().map(String::as_str).collect::<Vec<_>>()).checked().lines
}

#[test]
fn the_environment_names_it_and_each_product_has_its_default() {
    for (product, default, known) in [
        ("data_designer", "library", &["library", "api", "nvidia-internal", "undefined"][..]),
        (
            "safe_synthesizer",
            "sdk",
            &["cli", "sdk", "nmp", "slurm", "slurm-nvidia-internal", "nvidia-internal"],
        ),
        ("anonymizer", "sdk", &["cli", "sdk", "nmp", "nvidia-internal", "undefined"]),
        ("helix", "cli", &["cli", "sdk", "nvidia-internal", "undefined"]),
    ] {
        let named = |value: Option<&str>| deployment(product, value, &["deployment"]);
        assert_eq!(named(None), [default], "{product}");
        for text in known {
            assert_eq!(named(Some(text)), [*text], "{product}");
            assert_eq!(named(Some(&text.to_uppercase())), [*text], "{product}");
        }
        for text in ["", "bogus", " cli", "cli\n"] {
            assert_eq!(named(Some(text)), ["undefined"], "{product}: {text:?}");
        }
    }
}

#[test]
fn what_the_process_claims_overrides_the_environment_and_nonsense_is_ignored() {
    let steps = ["deployment=api", "deployment", "deployment=bogus", "deployment"];
    let lines = deployment("data_designer", Some("library"), &steps);
    let [claimed, error, still] = &lines[..] else { panic!("{lines:?}") };
    assert_eq!((claimed.as_str(), still.as_str()), ("api", "api"));
    assert!(error.starts_with("`bogus` is not in the vocabulary `DeploymentType`: use `library`"), "{error}");
}
