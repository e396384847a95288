// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A product that is built without its telemetry, in a program that has the whole of the client: nothing of the product is in
//! the compiled program, and it does nothing.

#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value;
use telemetry_tests::cargo::cargo;
use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::server::Server;
use telemetry_tests::strange_system::strange_system;

/// Texts that identify the product: each is in a profile, an event or a field, and nowhere else.
const TRACES: [&str; 34] = [
    "quiet-product-7",
    "quiet-directory-7",
    "X-Quiet-Header",
    "quiet header value",
    "quiet envelope value",
    "quiet-consent.toml",
    "quiet-consent-key",
    "quiet-consent-word",
    "quiet-consent-section",
    "quiet-condition-key",
    "quiet-condition-value",
    "QUIET-CONSENT-FILE",
    "735919283746501928",
    "quietSource",
    "quiet source value",
    "quiet-system/7",
    "quiet.collector.example",
    "QUIET-ENDPOINT",
    "QUIET-SESSION",
    "QUIET-PREFIX",
    "QUIET-DEPLOYMENT",
    "QUIET-OFF",
    "QUIET-BEAT",
    "quietBrewed",
    "7.35.91",
    "quietEnd",
    "quietTime",
    "quietCups",
    "quietMilliliters",
    "quietOutcomeText",
    "quietEventText",
    "quietFieldText",
    "Coffee was made",
    "The cups.",
];

/// The same of the product beside it.
const TRACES_OF_OTHER: [&str; 4] =
    ["loud-product-8", "846028374655019283", "loud.collector.example", "loudPlayed"];

/// The same of NeMo Guardrails, in the program `rails`: names of its profile, its event, and what registers itself.
const TRACES_OF_RAILS: [&str; 11] = [
    "184482118588404",
    "events.telemetry.data.nvidia.com",
    "NEMO_GUARDRAILS_USAGE_STATS_SERVER",
    "NEMO_GUARDRAILS_NO_USAGE_STATS",
    "NEMO_GUARDRAILS_HEARTBEAT_INTERVAL_S",
    "guardrails_usage_event",
    "numRailsConfigured",
    "railTypesInUse",
    "quiet self check input",
    "quiet_alias-7",
    "QuietEngine",
];

/// Programs in one profile, with the products' telemetry or without.
struct Build {
    /// One product.
    alone: PathBuf,
    /// The product, and another one that always has telemetry.
    beside: PathBuf,
    /// NeMo Guardrails.
    rails: PathBuf,
    name: String,
}

impl Build {
    fn new(profile: &str, directory: &str, has_telemetry: bool) -> Self {
        let features: &[&str] = if has_telemetry { &[] } else { &["--no-default-features"] };
        Self::with(profile, directory, features, if has_telemetry { "on" } else { "off" })
    }

    fn with(profile: &str, directory: &str, features: &[&str], label: &str) -> Self {
        let arguments = ["build", "--package", "switched", "--bins", "--profile", profile];
        let target = cargo(&[&arguments, features].concat());
        let name = format!("{profile}-{label}");
        let [alone, beside, rails] = ["alone", "beside", "rails"].map(|program| {
            // The next build takes its place. Symbols have the names of Rust items, which are the author's own.
            let stripped = target.join(directory).join(format!("{program}-{name}"));
            let built = target.join(directory).join(program);
            let status = Command::new("strip").arg("-o").arg(&stripped).arg(built).status();
            assert!(status.expect("there is `strip` where there is a linker").success());
            stripped
        });
        Self { alone, beside, rails, name }
    }
}

/// Without the product's telemetry in a profile that optimizes nothing and in one that optimizes all; and with it, which is the
/// control. In the optimized program the control is the other product, all of which is found there.
static BUILDS: LazyLock<[Vec<Build>; 2]> = LazyLock::new(|| {
    let off = [("dev", "debug"), ("small", "small")];
    [
        off.map(|(profile, directory)| Build::new(profile, directory, false)).into(),
        vec![Build::new("dev", "debug", true)],
    ]
});

/// Those of the texts that are in the program.
fn found<'a>(texts: &[&'a str], program: &Path) -> Vec<&'a str> {
    let bytes = fs::read(program).unwrap();
    let program = String::from_utf8_lossy(&bytes);
    texts.iter().copied().filter(|text| program.contains(text)).collect()
}

#[test]
fn nothing_of_the_product_is_in_a_program_without_its_telemetry() {
    let [off, on] = &*BUILDS;
    for Build { alone, beside, rails, name } in off {
        for program in [alone, beside] {
            assert_eq!(found(&TRACES, program), [""; 0], "{name}: {}", program.display());
        }
        assert_eq!(found(&TRACES_OF_OTHER, beside), TRACES_OF_OTHER, "{name}");
        assert_eq!(found(&TRACES_OF_RAILS, rails), [""; 0], "{name}");
    }
    // The same search finds everything where it is.
    for Build { alone, beside, rails, name } in on {
        assert_eq!(found(&TRACES, alone), TRACES, "{name}");
        assert_eq!(found(&TRACES, beside), TRACES, "{name}");
        assert_eq!(found(&TRACES_OF_RAILS, rails), TRACES_OF_RAILS, "{name}");
    }
}

/// What the product is told, but for the `Debug` of what it has.
const TOLD: [[&str; 10]; 2] = [
    [
        "flushed: true, delivered: 0",
        "decision: OptedOut(NotCompiled)",
        "told apart: OptedOut(NotCompiled)",
        "session: false",
        "child: false",
        "deployed: Library",
        "events: 0, known: false",
        "captured: 0",
        "captured in an environment: 0",
        "goes somewhere: false",
    ],
    [
        "flushed: true, delivered: 7",
        "decision: Enabled",
        "told apart: Enabled",
        "session: true",
        "child: true",
        "deployed: Api",
        "events: 1, known: true",
        "captured: 1",
        "captured in an environment: 1",
        "goes somewhere: true",
    ],
];

/// The program in `home`, with the product's variables set.
fn probe(program: &Path, home: &Home, collector: &Server) -> Probe {
    let probe = Probe::new(program.to_str().unwrap(), home).env("QUIET-DEPLOYMENT", "api");
    probe.env("QUIET-ENDPOINT", collector.url()).env("LOUD-ENDPOINT", collector.url())
}

#[test]
fn the_same_program_reports_nothing_and_is_told_why() {
    for (builds, told) in BUILDS.iter().zip(TOLD) {
        for Build { alone, name, .. } in builds {
            let (collector, home) = (Server::start(), Home::new());
            let lines = probe(alone, &home, &collector).run(&[]).checked().lines;
            let said: Vec<_> = lines.iter().filter(|line| told.contains(&line.as_str())).collect();
            assert_eq!(said, told, "{name}: {lines:#?}");
            let is_on = told[0].ends_with('7');
            assert_eq!(collector.after_exit().len(), if is_on { 7 } else { 0 }, "{name}");
            assert_eq!(home.is_untouched(), !is_on, "{name}");
        }
    }
}

/// Cargo unites features: `client` is on in the program because of the other product.
#[test]
fn another_product_of_the_program_reports_as_ever() {
    let [off, on] = &*BUILDS;
    for (build, expected) in [(&off[0], 1), (&off[1], 1), (&on[0], 8)] {
        let (collector, home) = (Server::start(), Home::new());
        let _ = probe(&build.beside, &home, &collector).run(&[]).checked();
        let requests = collector.after_exit();
        assert_eq!(requests.len(), expected, "{}", build.name);
        let is_others = |client_id: &Value| client_id == "846028374655019283";
        let of_other = requests.iter().filter(|request| is_others(&request.envelope()["clientId"])).count();
        assert_eq!(of_other, 1, "{}", build.name);
    }
}

#[test]
fn engines_of_a_program_without_telemetry_report_nothing() {
    let told = [
        [
            "deployed: Library",
            "flushed: true",
            "delivered: 0, decision: OptedOut(NotCompiled)",
            "engines: 0, flows: 0",
        ],
        ["deployed: Api", "flushed: true", "delivered: 3, decision: Enabled", "engines: 1, flows: 81"],
    ];
    for (builds, told) in BUILDS.iter().zip(told) {
        for Build { rails, name, .. } in builds {
            let (collector, home) = (Server::start(), Home::new());
            let program = Probe::new(rails.to_str().unwrap(), &home).sending_to(collector.url());
            assert_eq!(program.run(&[]).checked().lines, told, "{name}");
            let is_on = told[0] == "deployed: Api";
            assert_eq!(collector.after_exit().len(), if is_on { 3 } else { 0 }, "{name}");
            assert_eq!(home.is_untouched(), !is_on, "{name}");
        }
    }
}

/// Whatever features the crates of the program ask for.
#[test]
fn the_one_who_builds_has_the_last_word_about_guardrails() {
    LazyLock::force(&BUILDS);
    let variable = ["--config", "env.NEMO_GUARDRAILS_BUILD_WITHOUT_TELEMETRY='1'"];
    let build = Build::with("dev", "debug", &variable, "silenced");
    assert_eq!(found(&TRACES_OF_RAILS, &build.rails), [""; 0]);
    assert_eq!(found(&TRACES, &build.alone), TRACES, "another product is not concerned");
}

/// What the program asks of its system: files it touches, variables it reads, threads and sockets it starts.
fn asked_of_the_system(program: &Path) -> Option<BTreeSet<String>> {
    let (collector, home) = (Server::start(), Home::new());
    let strange = strange_system(&home)?;
    let probe = probe(program, &home, &collector).env("LD_PRELOAD", strange);
    let probe = ["STRANGE_LOOKUPS", "STRANGE_FILES", "STRANGE_STARTS"]
        .iter()
        .fold(probe, |probe, name| probe.env(name, "1"));
    let lines = probe.run(&[]).checked().lines;
    let noted = lines.iter().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let texts = noted.filter_map(|line| {
        ["reads", "touches", "starts"].iter().find_map(|key| Some(format!("{key} {}", line[*key].as_str()?)))
    });
    Some(texts.collect())
}

#[test]
fn a_program_without_telemetry_reads_no_variable_and_has_no_file_thread_or_socket() {
    let [off, on] = &*BUILDS;
    for build in off {
        let Some(asked) = asked_of_the_system(&build.alone) else { return };
        assert_eq!(asked, BTreeSet::new(), "{}", build.name);
    }
    let asked = asked_of_the_system(&on[0].alone).unwrap();
    for expected in
        ["reads HOME", "reads QUIET-OFF", "reads QUIET-DEPLOYMENT", "starts thread", "starts socket"]
    {
        assert!(asked.contains(expected), "{expected}: {asked:?}");
    }
    assert!(
        asked.iter().any(|line| line.starts_with("touches ") && line.ends_with("do_not_track")),
        "{asked:?}"
    );
}
