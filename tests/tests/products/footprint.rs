// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What telemetry leaves in a program: nothing without the feature `client`, and how much with it.

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use telemetry_tests::cargo::cargo;
use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::server::Server;

/// Texts that only a program that can report contains: the product's endpoint and its client id.
const TRACES: [&str; 3] = ["embedded.collector.example", "918273645546372819", "EMBEDDED_ENDPOINT"];

/// Two programs as they are built with some features.
struct Build {
    /// `smallest`.
    program: PathBuf,
    /// `whole_api`.
    whole_api: PathBuf,
    /// Its row in the table of sizes.
    name: &'static str,
}

/// Without the client, with it, and with its way to the network, all in the profile `small`.
static BUILDS: LazyLock<[Build; 3]> = LazyLock::new(|| {
    [
        ("off", "without the feature `client`", &["--no-default-features"][..]),
        (
            "client",
            "with `client`, and the host's own transport",
            &["--no-default-features", "--features", "client"],
        ),
        ("http", "with `client` and `http`", &[]),
    ]
    .map(|(label, name, features)| {
        let arguments = ["build", "--package", "embedded", "--bins", "--profile", "small"];
        let target = cargo(&[&arguments[..], features].concat());
        let [program, whole_api] = ["smallest", "whole_api"].map(|name| {
            // The next build takes its place.
            let program = target.join(format!("small/{name}-{label}"));
            fs::copy(target.join("small").join(name), &program).unwrap();
            program
        });
        Build { program, whole_api, name }
    })
});

impl Build {
    /// How often the text is in the programs.
    fn count(&self, text: &str) -> [usize; 2] {
        [&self.program, &self.whole_api].map(|program| {
            let bytes = fs::read(program).unwrap();
            bytes.windows(text.len()).filter(|window| *window == text.as_bytes()).count()
        })
    }

    fn megabytes(&self) -> f64 {
        fs::metadata(&self.program).unwrap().len() as f64 / 1e6
    }
}

#[test]
fn without_the_feature_the_program_contains_no_telemetry() {
    let [off, client, http] = &*BUILDS;
    for text in TRACES {
        assert_eq!(off.count(text), [0, 0], "{text}");
        // The same search finds it where it is.
        assert!(
            [client, http].iter().all(|build| build.count(text).iter().all(|count| *count > 0)),
            "{text}"
        );
    }
}

#[test]
fn without_the_feature_the_same_program_runs_and_reports_nothing() {
    for (build, events) in [(&BUILDS[0], 0), (&BUILDS[2], 1)] {
        let (collector, home) = (Server::start(), Home::new());
        let program = Probe::new(build.program.to_str().unwrap(), &home);
        let _ = program.env("EMBEDDED_ENDPOINT", collector.url()).run(&[]).checked();
        assert_eq!(collector.after_exit().len(), events, "{}", build.name);
        assert_eq!(home.is_untouched(), events == 0, "{}", build.name);
    }
}

/// The methods that a host can call, in the source of the client and of its builder. Those of the feature `testing` are for tests.
fn public_methods() -> Vec<String> {
    let source = |name: &str| {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../telemetry-core/src/");
        fs::read_to_string(format!("{path}{name}")).unwrap()
    };
    let sources =
        ["client.rs", "client/builder.rs", "client/flush.rs", "client/in_environment.rs", "client/report.rs"]
            .map(source)
            .concat();
    let for_tests = "    #[cfg(feature = \"testing\")]";
    let lines = sources.lines().zip(sources.lines().skip(1)).filter(|(before, _)| *before != for_tests);
    let names = lines.filter_map(|(_, line)| line.strip_prefix("    pub fn "));
    names.map(|line| line.split(['(', '<']).next().unwrap().to_owned()).collect()
}

/// A program in service cannot look past an administrator's opt-out.
#[test]
fn only_tests_can_move_the_markers_of_the_machine() {
    let has = |method: &str| public_methods().iter().any(|name| name == method);
    assert!(has("config_dir") && has("marker"));
    assert!(!has("machine_dir"));
}

#[test]
fn without_the_feature_every_method_is_there_and_says_that_nothing_is_reported() {
    let program =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/embedded/src/bin/whole_api.rs"));
    let (program, methods) = (program.unwrap(), public_methods());
    assert!(methods.len() > 20, "{methods:?}");
    for method in methods {
        let calls = [format!(".{method}("), format!("::{method}(")];
        assert!(calls.iter().any(|call| program.contains(call)), "`whole_api` does not call `{method}`");
    }
    let said = [
        ["enabled: false", "status: false, endpoint: false", "joined: false, session: false, delivered: 0"],
        ["enabled: true", "status: true, endpoint: true", "joined: false, session: true, delivered: 7"],
    ];
    for ((build, events), said) in [(&BUILDS[0], 0), (&BUILDS[2], 7)].into_iter().zip(said) {
        let (collector, home) = (Server::start(), Home::new());
        let program = Probe::new(build.whole_api.to_str().unwrap(), &home);
        let outcome = program.env("EMBEDDED_ENDPOINT", collector.url()).run(&[]).checked();
        assert_eq!(outcome.lines, said, "{}", build.name);
        assert_eq!(collector.after_exit().len(), events, "{}", build.name);
    }
}

/// The size in the table of `docs/EMBEDDING.md`, in megabytes.
fn documented_size(name: &str) -> f64 {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/EMBEDDING.md")).unwrap();
    let row = page.lines().find_map(|line| line.strip_prefix(&format!("| {name} | ")));
    let size = row.and_then(|row| row.split(' ').next());
    size.unwrap_or_else(|| panic!("docs/EMBEDDING.md has no row `{name}`")).parse().unwrap()
}

/// Sizes differ a little between machines and releases of the compiler, and grow with what the client can do: the table is
/// wrong only when it misleads.
#[test]
fn programs_are_as_large_as_documented() {
    for build in BUILDS.iter() {
        let (actual, said) = (build.megabytes(), documented_size(build.name));
        eprintln!("{}: {actual:.2} MB", build.name);
        if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
            assert!((actual / said - 1.0).abs() < 0.25, "{}: {actual:.2} MB, not {said} MB", build.name);
        }
    }
    assert!(BUILDS[0].megabytes() < BUILDS[1].megabytes() && BUILDS[1].megabytes() < BUILDS[2].megabytes());
}
