// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The core in a shared library that a host written in C loads: built to unwind, and built to abort.

#![cfg(target_os = "linux")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use serde_json::json;
use telemetry_tests::cargo::cargo;
use telemetry_tests::child::{Outcome, Probe};
use telemetry_tests::home::Home;
use telemetry_tests::server::{Request, Server};
use telemetry_tests::skipped::skipped;

/// The library as it is built for a host that unwinds (profile `dev`) and for one that aborts (profile `small`).
static LIBRARIES: LazyLock<[PathBuf; 2]> = LazyLock::new(|| {
    // It is built at the same place.
    LazyLock::force(&REGISTERING);
    [("dev", "debug"), ("small", "small")]
        .map(|(profile, directory)| build(&["--profile", profile]).join(directory).join("libembedded.so"))
});

/// The library whose events register themselves.
static REGISTERING: LazyLock<PathBuf> = LazyLock::new(|| {
    let built = build(&["--features", "telemetry-core/inventory"]).join("debug/libembedded.so");
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("registering-{}.so", std::process::id()));
    std::fs::copy(built, &kept).unwrap();
    kept
});

/// Builds the shared library. The target directory that it is in.
fn build(arguments: &[&str]) -> PathBuf {
    let kind = ["rustc", "--package", "embedded", "--lib", "--crate-type", "cdylib"];
    cargo(&[&kind, arguments].concat())
}

/// The host, or nothing where there is no C compiler.
static HOST: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    let host = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("host-{}", std::process::id()));
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/embedded/host.c");
    let mut compiler = Command::new("cc");
    compiler.args(["-std=gnu11", "-Wall", "-Wextra", "-O1", "-rdynamic", "-pthread", source, "-ldl", "-o"]);
    let Ok(output) = compiler.arg(&host).output() else {
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(host)
});

/// The output of a host, and the requests that arrived.
struct Run {
    outcome: Outcome,
    requests: Vec<Request>,
    audit_lines: usize,
}

/// Runs the host with the library until this end. Nothing, with a note, where there is no host.
fn run(library: &Path, end: &str) -> Option<Run> {
    let Some(host) = HOST.as_ref() else {
        skipped("there is no C compiler `cc`");
        return None;
    };
    let (collector, home) = (Server::start(), Home::new());
    let directory = home.path().join("embedded");
    let program = Probe::new(host.to_str().unwrap(), &home).env("EMBEDDED_ENDPOINT", collector.url());
    let arguments = [library.to_str().unwrap(), directory.to_str().unwrap(), end];
    let outcome = program.run(&arguments).checked();
    let log = std::fs::read_to_string(directory.join("usage_stats.json")).unwrap();
    Some(Run { outcome, requests: collector.after_exit(), audit_lines: log.lines().count() })
}

/// The output of each host until it ends: one event is registered by name and none by the linker, null is refused, the child
/// ended well, and the environment was read on the thread that reports and on no other.
const UNTIL_THE_END: [&str; 5] = ["events 1", "null 1000", "flushed 1", "child 7", "reads 1 0"];

#[test]
fn a_c_host_can_load_report_fork_and_exit_in_any_way() {
    for library in LIBRARIES.iter() {
        for (end, last_lines) in
            [("stop", &["stopped 1", "closed 1"][..]), ("unload", &["closed 1"]), ("exit", &[])]
        {
            let Some(run) = run(library, end) else { return };
            assert_eq!(run.outcome.lines, [&UNTIL_THE_END[..], last_lines].concat(), "{library:?} {end}");
            let [first, childs, last] = run.requests.as_slice() else { panic!("{end}: {:?}", run.requests) };
            for (request, number) in [(first, 1), (childs, 2), (last, 3)] {
                assert_eq!(
                    request.parameters(),
                    json!({"nemoSource": "embedded", "number": number}),
                    "{end}"
                );
                assert_eq!(request.envelope()["clientVer"], "1.2.3");
            }
            assert_eq!(first.session(), last.session(), "{end}");
            assert_ne!(first.session(), childs.session(), "{end}");
            assert_eq!(run.audit_lines, 3, "{end}");
        }
    }
}

/// A library has no `main`: it reports while it is loaded, as a program does before `main`.
#[test]
fn with_the_feature_for_it_events_register_themselves_when_the_library_is_loaded() {
    let Some(run) = run(&REGISTERING, "stop") else { return };
    assert_eq!(run.outcome.lines[0], "events 101", "one by the linker, which is the one that is named, too");
    assert_eq!(run.requests.len(), 3);
}

/// No thread of the toolkit is left behind in a library that is unloaded.
#[test]
fn a_stopped_library_is_unloaded_and_can_be_loaded_again() {
    for library in LIBRARIES.iter() {
        let Some(run) = run(library, "cycles") else { return };
        assert_eq!(run.outcome.lines, ["stopped 1", "unloaded 1"].repeat(20), "{library:?}");
        assert_eq!((run.requests.len(), run.audit_lines), (20, 20), "{library:?}");
        assert!(run.requests.iter().all(|request| request.parameters()["number"] == 9), "{library:?}");
    }
}

/// A library exports what its C API names, and nothing that could take the place of something of the host.
#[test]
fn a_library_exports_its_c_api_and_nothing_else() {
    let Ok(output) = Command::new("nm").args(["-D", "--defined-only"]).arg(&LIBRARIES[1]).output() else {
        return skipped("there is no `nm`");
    };
    let symbols = String::from_utf8(output.stdout).unwrap();
    let mut names: Vec<&str> = symbols.lines().filter_map(|line| line.split_whitespace().last()).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "embedded_beat",
            "embedded_events",
            "embedded_flush",
            "embedded_report",
            "embedded_start",
            "embedded_stop"
        ]
    );
}
