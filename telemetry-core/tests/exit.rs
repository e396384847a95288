// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Processes that report and end, on every platform that can start one. The child is this test program itself, of which it
//! runs the test [`the_child_reports_and_ends`] alone; then its `main` returns as any other does.

#![allow(clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use telemetry_core::{Client, ConsentPolicy, Product, Profile, TelemetryEvent};

/// How long a test waits for what should come soon.
const PATIENCE: Duration = Duration::from_secs(120);

/// Variables of the child: where it reports to, how many milliseconds its exit waits, and how it ends.
const URL: &str = "EXIT_TEST_URL";
const WAIT: &str = "EXIT_TEST_WAIT";
const ENDING: &str = "EXIT_TEST_ENDING";

struct Shop;

impl Product for Shop {
    const PROFILE: Profile = Profile::new("shop", "1")
        .source("nemoSource", "shop")
        .endpoint_env(URL)
        .consent(ConsentPolicy::variables(&[]))
        .without_audit();
}

/// A basket was paid for.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
struct Checkout {
    /// Articles in the basket.
    num_articles: u32,
}

/// Does nothing but in the child.
#[test]
fn the_child_reports_and_ends() {
    static CLIENT: OnceLock<Client<Shop>> = OnceLock::new();
    let Ok(ending) = std::env::var(ENDING) else { return };
    let wait = Duration::from_millis(std::env::var(WAIT).unwrap().parse().unwrap());
    let client = CLIENT.get_or_init(|| Client::builder().flush_at_exit(wait).start());
    client.emit(Checkout { num_articles: 3 });
    if ending == "exit" {
        std::process::exit(7);
    }
}

/// Runs the child, which has to end by itself.
fn run(collector: &Collector, wait: Duration, ending: &str) -> ExitStatus {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "the_child_reports_and_ends"]).stdout(Stdio::null()).env("NEXTEST", "1");
    command.env(URL, &collector.url).env(WAIT, wait.as_millis().to_string()).env(ENDING, ending);
    end_of(command.spawn().unwrap())
}

fn end_of(mut child: Child) -> ExitStatus {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    panic!("the child hangs");
}

/// A collector on loopback, with the bodies of the requests that have come in.
struct Collector {
    url: String,
    bodies: Receiver<String>,
}

impl Collector {
    /// Answers each request, or none.
    fn start(answers: bool) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let (sender, bodies) = mpsc::channel();
        std::thread::spawn(move || {
            let mut open = Vec::new();
            for mut stream in listener.incoming().map_while(Result::ok) {
                if let Some(body) = body_of(&mut stream).filter(|_| answers) {
                    sender.send(body).unwrap();
                    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").unwrap();
                }
                open.push(stream);
            }
        });
        Self { url, bodies }
    }
}

/// The body of one request; nothing if the client has gone.
fn body_of(stream: &mut TcpStream) -> Option<String> {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            if line == "\r\n" { break } else { continue }
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    String::from_utf8(body).ok()
}

#[test]
fn a_process_that_reports_and_returns_from_main_delivers() {
    for _ in 0..20 {
        let collector = Collector::start(true);
        assert_eq!(run(&collector, PATIENCE, "return").code(), Some(0));
        let body = collector.bodies.recv_timeout(PATIENCE).unwrap();
        assert!(body.contains(r#"{"nemoSource":"shop","numArticles":3}"#), "{body}");
    }
}

#[test]
fn a_collector_that_never_answers_changes_no_exit_code() {
    let collector = Collector::start(false);
    for (ending, code) in [("return", 0), ("exit", 7)] {
        assert_eq!(run(&collector, Duration::from_millis(200), ending).code(), Some(code), "{ending}");
    }
}

/// On Windows `std::process::exit` ends the process past the C runtime: the event may be lost, and nothing waits.
#[test]
fn a_process_that_reports_and_calls_exit_ends_with_its_code_and_delivers_where_the_c_library_is_asked() {
    for _ in 0..20 {
        let collector = Collector::start(true);
        assert_eq!(run(&collector, PATIENCE, "exit").code(), Some(7));
        if !cfg!(windows) {
            collector.bodies.recv_timeout(PATIENCE).unwrap();
        }
    }
}
