// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a process does not owe us: open standard streams, deliverable signals, system calls, a usual stack size, variables that
//! stay as they are. The host is written in C, and each of its lines is something that a test wants to know.

#![cfg(target_os = "linux")]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use telemetry_tests::cargo::cargo;
use telemetry_tests::child::{Outcome, Probe};
use telemetry_tests::home::Home;
use telemetry_tests::server::Server;
use telemetry_tests::strange_system::{compile_c, known_names};

use crate::encrypted::Encrypted;

/// The core in a shared library, and the host, or nothing where there is no C compiler.
static PROGRAMS: LazyLock<Option<[PathBuf; 2]>> = LazyLock::new(|| {
    let own = |name| Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/embedded/bare_host.c");
    let host = compile_c(&["-std=gnu11"], source, &own("bare_host"))?;
    let target = cargo(&["rustc", "--package", "embedded", "--lib", "--crate-type", "cdylib"]);
    // Another test may build it in another way at the same place.
    let library = own("bare_host.so");
    std::fs::copy(target.join("debug/libembedded.so"), &library).unwrap();
    Some([library, host])
});

/// The host before its start, and what it is to do. Events go to `url`.
struct Host {
    probe: Probe,
    library: String,
    directory: String,
}

impl Host {
    fn new(home: &Home, url: &str) -> Option<Self> {
        let [library, host] = PROGRAMS.as_ref()?.each_ref().map(|path| path.to_str().unwrap().to_owned());
        let probe = Probe::new(&host, home).env("EMBEDDED_ENDPOINT", url);
        Some(Self { probe, library, directory: directory(home).to_str().unwrap().to_owned() })
    }

    /// The collector has a name that has to be looked up, and is encrypted.
    fn encrypted(home: &Home, server: &Encrypted) -> Option<Self> {
        let names = known_names(home)?;
        let host = Self::new(home, &server.named_url())?;
        let host = host.env("LD_PRELOAD", names.to_str().unwrap()).env("KNOWN_NAMES_QUIET", "1");
        let Host { probe, .. } = host.env("SSL_CERT_FILE", &server.certificate_in(home));
        Some(Self { probe: probe.without("NEXTEST"), ..Self::new(home, "")? })
    }

    fn env(self, name: &str, value: &str) -> Self {
        Self { probe: self.probe.env(name, value), ..self }
    }

    fn run(self, command: &[&str]) -> Outcome {
        let words = [&[self.library.as_str(), self.directory.as_str()], command].concat();
        self.probe.run(&words).checked()
    }
}

fn directory(home: &Home) -> PathBuf {
    home.path().join("embedded")
}

/// All that the host has in its files.
fn audit_log(home: &Home) -> String {
    std::fs::read_to_string(directory(home).join("usage_stats.json")).unwrap()
}

const DELIVERED: [&str; 2] = ["flushed 1", "closed 1"];

/// Standard streams that are closed stay closed, and output to them is discarded.
#[test]
fn no_descriptor_of_ours_becomes_a_standard_stream() {
    for streams in ["", "0", "1", "2", "01", "02", "12", "012"] {
        let (home, server) = (Home::new(), Server::start());
        let Some(host) = Host::new(&home, &server.url()) else { return };
        let outcome = host.run(&["closed", streams]);
        let expected = [&DELIVERED.repeat(10)[..], &["prints that went somewhere: 0"]].concat();
        assert_eq!(outcome.lines, expected, "{streams}");
        let requests = server.after_exit();
        assert_eq!(requests.len(), 10, "{streams}");
        assert!(requests.iter().all(|request| request.parameters()["nemoSource"] == "embedded"), "{streams}");
        let log = audit_log(&home);
        assert!(log.lines().count() == 10 && !log.contains("private"), "{streams}: {log}");
    }
}

/// Each client opens sockets, certificates and files of its own, whenever it likes.
#[test]
fn several_clients_keep_the_standard_streams_free_together() {
    let (home, server) = (Home::new(), Encrypted::start());
    let Some(host) = Host::encrypted(&home, &server) else { return };
    let mut lines = host.run(&["closed", "012", "two"]).lines;
    // Whether the numbers are free when the first client looks is up to the other one.
    lines.retain(|line| !line.starts_with("closed"));
    assert_eq!(lines, [&["flushed 1"; 10][..], &["prints that went somewhere: 0"]].concat());
    assert!(server.asked_for().len() > 10, "the other client reports too");
    assert!(!audit_log(&home).contains("private"));
}

/// With certificates, a name lookup and, where the system has no call for it, a file with randomness.
#[test]
fn no_descriptor_of_a_library_becomes_a_standard_stream() {
    for deaf in [&[][..], &["deaf"]] {
        let (home, server) = (Home::new(), Encrypted::start());
        let Some(host) = Host::encrypted(&home, &server) else { return };
        let outcome = host.run(&[&["closed", "012"], deaf].concat());
        let expected = [&DELIVERED.repeat(10)[..], &["prints that went somewhere: 0"]].concat();
        assert_eq!(outcome.lines, expected, "{deaf:?}");
        assert_eq!(server.asked_for(), ["POST / HTTP/1.1"; 10], "{deaf:?}");
    }
}

/// While a name is looked up, closed streams are taken, by something that is as good as closed.
#[test]
fn a_standard_stream_that_the_host_reopens_is_left_alone() {
    let (home, server) = (Home::new(), Encrypted::start());
    let Some(host) = Host::encrypted(&home, &server) else { return };
    let outcome = host.env("KNOWN_NAMES_DELAY", "1").run(&["reopened"]);
    assert_eq!(outcome.lines, ["taken 1", "useless 1", "flushed 1", "kept 1"]);
    assert_eq!(server.asked_for().len(), 1);
}

/// The set of a line `NAME HEX`, as the kernel shows it.
fn blocked(line: &str) -> (&str, u64) {
    let (name, set) = line.split_once(' ').unwrap();
    (name, u64::from_str_radix(set, 16).unwrap())
}

fn has(set: u64, signal: i32) -> bool {
    set >> (signal - 1) & 1 == 1
}

#[test]
fn toolkit_threads_receive_only_the_signals_that_they_cause() {
    use libc::*;
    for blocks in ["0", "1"] {
        let (home, server) = (Home::new(), Encrypted::start());
        let Some(host) = Host::encrypted(&home, &server) else { return };
        let outcome = host.env("KNOWN_NAMES_DELAY", "9").run(&["signals", blocks]);
        let [unchanged, _hosts_own, threads @ ..] = &outcome.lines[..] else { panic!("{:?}", outcome.lines) };
        assert_eq!(unchanged, "unchanged 1", "the host's thread has the mask that it had");
        let threads: Vec<_> = threads.iter().map(|line| blocked(line)).collect();
        let names: Vec<_> = threads.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["telemetry-embed", "telemetry-looku"]);
        for (name, set) in threads {
            for fault in [SIGSYS, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP] {
                assert!(!has(set, fault), "{name} blocks {fault}");
            }
            assert_eq!(has(set, SIGABRT), blocks == "1", "`abort` unblocks it");
            for other in [SIGTERM, SIGINT, SIGHUP, SIGCHLD, SIGALRM, SIGPROF, SIGUSR1, SIGXFSZ, SIGPIPE] {
                assert!(has(set, other), "{name} does not block {other}");
            }
        }
    }
}

#[test]
fn a_sandbox_that_traps_system_calls_costs_the_event_and_not_the_host() {
    let (home, server) = (Home::new(), Server::start());
    let Some(host) = Host::new(&home, &server.url()) else { return };
    let outcome = host.run(&["sandbox"]);
    assert_eq!(outcome.lines, ["sandboxed 1", "flushed 1"]);
    assert!(server.after_exit().is_empty());
}

/// A process ends with its last thread. That must not be ours, whatever it would still wait for.
#[test]
fn a_process_ends_when_the_last_thread_of_its_host_ends() {
    for report in ["report", "beat"] {
        let (home, server) = (Home::new(), Server::start());
        let Some(host) = Host::new(&home, &server.url()) else { return };
        assert_eq!(host.run(&["leave", report]).lines, ["flushed 1", "the last thread of the host ends"]);
        assert_eq!(server.after_exit().len(), 1);
    }
}

/// The first of these is less than a thread can live with, the second more than there is.
#[test]
fn rust_min_stack_does_not_affect_toolkit_threads() {
    for size in ["1", "4000000000000000000"] {
        let (home, server) = (Home::new(), Encrypted::start());
        let Some(host) = Host::encrypted(&home, &server) else { return };
        let outcome = host.env("RUST_MIN_STACK", size).run(&["report"]);
        assert_eq!(outcome.lines, ["flushed 1"], "{size}");
        assert_eq!(server.asked_for().len(), 1, "{size}");
    }
}

#[test]
fn toolkit_threads_never_read_the_environment() {
    let (home, server) = (Home::new(), Server::start());
    let Some(host) = Host::new(&home, &server.url()) else { return };
    let outcome = host.run(&["environment"]);
    let nothing = "flushed 1, read by: ";
    assert_eq!(outcome.lines, [nothing, nothing, nothing, "a read is seen: host"]);
    assert_eq!(server.after_exit().len(), 3);
}

/// Where a name has to be looked up, the C library may read variables such as `RES_OPTIONS`. It is asked once.
#[cfg(target_env = "gnu")]
#[test]
fn a_name_lookup_reads_the_environment_and_happens_once() {
    let (home, server) = (Home::new(), Encrypted::start());
    let Some(host) = Host::encrypted(&home, &server) else { return };
    let outcome = host.run(&["environment"]);
    let (once, nothing) = ("flushed 1, read by: telemetry-looku", "flushed 1, read by: ");
    assert_eq!(outcome.lines, [once, nothing, nothing, "a read is seen: host"]);
    assert_eq!(server.asked_for().len(), 3);
}
