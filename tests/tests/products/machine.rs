// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! An administrator who opts out for every user of a machine, in real processes whose `/etc` is in a scratch directory.

#![cfg(target_os = "linux")]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::Duration;

use telemetry_tests::child::{Probe, Running};
use telemetry_tests::home::Home;
use telemetry_tests::server::{Answer, Server};

/// Products with their directories: of each consent policy one.
const PRODUCTS: [(&str, &str); 5] = [
    ("data_designer", "data_designer"),
    ("helix", "nmp"),
    ("openshell", "openshell"),
    ("switchyard", "switchyard"),
    ("service", "service"),
];

/// The markers of the machine that has the directory: for all products, and for one.
fn markers(dir: &Path, directory: &str) -> [PathBuf; 2] {
    ["nemo-telemetry", directory].map(|name| dir.join("etc").join(name).join("do_not_track"))
}

fn put(marker: &Path) {
    fs::create_dir_all(marker.parent().expect("it is in a directory")).expect("the directory is ours");
    fs::write(marker, "").expect("the directory is ours");
}

fn probe(home: &Home, server: &Server) -> Probe {
    Probe::new(env!("CARGO_BIN_EXE_product_probe"), home).sending_products_to(&server.url())
}

/// A scratch directory apart from the home, which is to stay untouched.
fn scratch() -> Home {
    Home::new()
}

/// The steps of a product whose files, and those of the machine, are in the directory.
fn steps(product: &str, dir: &Path, steps: &[&str]) -> Vec<String> {
    let of_product = |step: &&str| match *step {
        "fork" | "join" => (*step).to_owned(),
        step => format!("{product}@{}:{step}", dir.display()),
    };
    steps.iter().map(of_product).collect()
}

fn start(home: &Home, server: &Server, steps: &[String]) -> Running {
    probe(home, server).start(&steps.iter().map(String::as_str).collect::<Vec<_>>())
}

fn lines(home: &Home, server: &Server, steps: &[String]) -> Vec<String> {
    start(home, server, steps).finish().checked().lines
}

#[test]
fn either_machine_marker_opts_out_and_leaves_no_trace() {
    for (product, directory) in PRODUCTS {
        let (home, machine, server) = (Home::new(), scratch(), Server::start());
        let steps = steps(product, machine.path(), &["report", "flush", "threads", "decision"]);
        for marker in markers(machine.path(), directory) {
            put(&marker);
            assert_eq!(lines(&home, &server, &steps), ["true", "1", "OptedOut(MachineMarker)"], "{product}");
            assert!(home.is_untouched(), "{product}");
            assert_eq!(fs::read_dir(machine.path()).unwrap().count(), 1, "{product}: no file but the marker");
            fs::remove_file(marker).unwrap();
        }
        assert!(server.after_exit().is_empty(), "{product}");
    }
}

#[test]
fn without_a_marker_of_the_machine_the_same_processes_report() {
    for (product, directory) in PRODUCTS {
        let (home, machine, server) = (Home::new(), scratch(), Server::start());
        // The directories are there, and so are markers of another product and a file in place of a directory.
        for marker in markers(machine.path(), directory) {
            fs::create_dir_all(marker.parent().unwrap()).unwrap();
        }
        put(&machine.path().join("etc/other/do_not_track"));
        let steps = steps(product, machine.path(), &["report", "flush", "delivered"]);
        assert_eq!(lines(&home, &server, &steps), ["true", "1"], "{product}");
        fs::remove_dir(machine.path().join("etc/nemo-telemetry")).unwrap();
        fs::write(machine.path().join("etc/nemo-telemetry"), "").unwrap();
        assert_eq!(lines(&home, &server, &steps), ["true", "1"], "{product}");
        assert_eq!(server.after_exit().len(), 2, "{product}");
    }
}

#[test]
fn anything_at_the_path_opts_out_and_so_does_any_error() {
    let (home, machine, server) = (Home::new(), scratch(), Server::start());
    let [all, _] = markers(machine.path(), "nmp");
    let dir = all.parent().unwrap();
    let steps = steps("helix", machine.path(), &["report", "flush", "decision"]);
    let kinds: [(&str, &dyn Fn()); 4] = [
        ("a directory", &|| fs::create_dir_all(&all).unwrap()),
        ("a link to nowhere", &|| symlink("nowhere", &all).unwrap()),
        ("a link to itself on the way", &|| {
            fs::remove_dir(dir).unwrap();
            symlink("nemo-telemetry", dir).unwrap();
        }),
        ("a file", &|| put(&all)),
    ];
    for (kind, prepare) in kinds {
        fs::remove_dir_all(machine.path().join("etc")).ok();
        fs::create_dir_all(dir).unwrap();
        prepare();
        assert_eq!(lines(&home, &server, &steps), ["true", "OptedOut(MachineMarker)"], "{kind}");
    }
    assert!(server.after_exit().is_empty());
}

/// The worker looks before each request, without a report in between.
#[test]
fn a_marker_created_while_events_wait_drops_them() {
    for marker in [0, 1] {
        let (home, machine) = (Home::new(), scratch());
        let server = Server::answering([Answer::Hold]);
        let steps = steps("helix", machine.path(), &["report", "report", "wait", "flush", "stats"]);
        let mut running = start(&home, &server, &steps);
        let _ = server.next_request();
        put(&markers(machine.path(), "nmp")[marker]);
        server.release();
        running.go_on();
        let stats = "2 produced = 1 delivered + 0 queued + 1 dropped (opted out 1)";
        assert_eq!(running.finish().checked().lines, ["true", stats]);
        assert!(server.after_exit().is_empty(), "the first request is the only one");
    }
}

#[test]
fn reports_stop_once_the_worker_finds_a_marker_until_it_is_removed() {
    let (home, machine, server) = (Home::new(), scratch(), Server::start());
    let all = ["report", "flush", "wait", "report", "flush", "stats", "report", "flush", "stats"];
    let all = [&all[..], &["wait", "threads", "wait", "report", "flush", "stats"]].concat();
    let mut running = start(&home, &server, &steps("helix", machine.path(), &all));
    let [marker, _] = markers(machine.path(), "nmp");
    assert_eq!(running.line(), "true");
    put(&marker);
    running.go_on();
    // The worker finds it, and drops what the report has made.
    let stats = "2 produced = 1 delivered + 0 queued + 1 dropped (opted out 1)";
    assert_eq!([running.line(), running.line()], ["true", stats]);
    // The next report looks itself: it makes nothing and starts nothing.
    assert_eq!([running.line(), running.line()], ["true", stats]);
    // Less than the time for which a thread without work stays.
    std::thread::sleep(Duration::from_millis(1500));
    running.go_on();
    assert_eq!(running.line(), "1", "only the host's thread runs");
    fs::remove_file(&marker).unwrap();
    running.go_on();
    let stats = "3 produced = 2 delivered + 0 queued + 1 dropped (opted out 1)";
    assert_eq!([running.line(), running.line()], ["true", stats]);
    assert_eq!(server.after_exit().len(), 2);
}

#[test]
fn the_first_report_of_a_forked_child_checks_the_machine_markers_itself() {
    let (home, machine, server) = (Home::new(), scratch(), Server::start());
    let all = ["report", "flush", "wait", "fork", "report", "flush", "stats", "threads", "decision", "join"];
    let mut running = start(&home, &server, &steps("openshell", machine.path(), &all));
    assert_eq!(running.line(), "true");
    put(&markers(machine.path(), "openshell")[1]);
    running.go_on();
    let nothing = "0 produced = 0 delivered + 0 queued + 0 dropped";
    assert_eq!(running.finish().checked().lines, ["true", nothing, "1", "OptedOut(MachineMarker)"]);
    assert_eq!(server.after_exit().len(), 1);
}
