// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The way to an encrypted collector: whom the client trusts, and which proxy it takes. Names end in `.invalid`, so that
//! nothing could leave this machine.

#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::Value;
use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::probe;
use telemetry_tests::skipped::skipped;
use telemetry_tests::strange_system::strange_system;

const NAME: &str = "events.example.invalid";

/// A collector for [`NAME`] and `localhost` that is also the proxy on the way to itself.
struct Encrypted {
    address: SocketAddr,
    certificate: String,
    first_lines: Receiver<String>,
}

impl Encrypted {
    fn start() -> Self {
        let names = [NAME, "localhost"].map(str::to_owned);
        let made = rcgen::generate_simple_self_signed(names).unwrap();
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let (address, config) = (listener.local_addr().unwrap(), Arc::new(config));
        let (sender, first_lines) = mpsc::channel();
        std::thread::spawn(move || {
            // Clients that do not trust the certificate hang up.
            listener
                .incoming()
                .map_while(Result::ok)
                .for_each(|stream| drop(serve(stream, &config, &sender)));
        });
        Self { address, certificate: made.cert.pem(), first_lines }
    }

    /// What was asked for so far: `CONNECT` requests of a proxy, `POST` requests of the collector.
    fn asked_for(&self) -> Vec<String> {
        self.first_lines.try_iter().collect()
    }

    fn certificate_in(&self, home: &Home) -> String {
        let file = home.path().join("trusted.pem");
        std::fs::write(&file, &self.certificate).unwrap();
        file.to_str().unwrap().to_owned()
    }
}

fn serve(mut stream: TcpStream, config: &Arc<ServerConfig>, asked: &Sender<String>) -> io::Result<()> {
    let mut first = [0];
    stream.peek(&mut first)?;
    if first == *b"C" {
        // Byte by byte: what follows the empty line is already encrypted.
        let _ = asked.send(read_head(&mut BufReader::with_capacity(1, &stream))?);
        stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n")?;
    }
    let connection = ServerConnection::new(Arc::clone(config)).map_err(io::Error::other)?;
    let mut reader = BufReader::new(StreamOwned::new(connection, stream));
    let _ = asked.send(read_head(&mut reader)?);
    reader.get_mut().write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")
}

/// The first line of a request whose headers and body are read.
fn read_head(reader: &mut impl BufRead) -> io::Result<String> {
    let (mut first, mut line, mut length) = (String::new(), String::new(), 0);
    reader.read_line(&mut first)?;
    while line != "\r\n" {
        line.clear();
        reader.read_line(&mut line)?;
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    reader.read_exact(&mut vec![0; length])?;
    Ok(first.trim_end().to_owned())
}

/// Reports once and returns the counters.
fn report(home: &Home, url: &str, variables: &[(&str, &str)]) -> Value {
    let probe = probe!(home).without("NEXTEST").sending_to(url);
    let probe = variables.iter().fold(probe, |probe, (name, value)| probe.env(name, value));
    probe.run(&["report", "flush=9000", "stats"]).checked().json().pop().unwrap()
}

#[test]
fn a_certificate_that_the_user_names_is_trusted_and_no_other() {
    let (home, server) = (Home::new(), Encrypted::start());
    let url = format!("https://localhost:{}/", server.address.port());
    let trusted = server.certificate_in(&home);
    std::fs::create_dir(home.path().join("certs")).unwrap();
    std::fs::copy(&trusted, home.path().join("certs/one.pem")).unwrap();
    let directory = home.path().join("certs").to_str().unwrap().to_owned();
    for variables in [&[("SSL_CERT_FILE", trusted.as_str())][..], &[("SSL_CERT_DIR", directory.as_str())]] {
        assert_eq!(report(&home, &url, variables)["delivered"], 1, "{variables:?}");
        assert_eq!(server.asked_for(), ["POST / HTTP/1.1"]);
    }
    for variables in [&[][..], &[("SSL_CERT_FILE", "/nonexistent")]] {
        assert_eq!(report(&home, &url, variables)["dropped"]["transport"], 1, "{variables:?}");
        assert!(server.asked_for().is_empty());
    }
}

/// The name has no address, so this works only if nobody looks it up here.
#[test]
fn through_a_proxy_the_name_is_not_looked_up_here() {
    let (home, server) = (Home::new(), Encrypted::start());
    let (proxy, trusted) = (format!("http://{}", server.address), server.certificate_in(&home));
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy"] {
        let variables = [(variable, proxy.as_str()), ("SSL_CERT_FILE", trusted.as_str())];
        let stats = report(&home, &format!("https://{NAME}/"), &variables);
        assert_eq!(stats["delivered"], 1, "{variable}: {stats}");
        assert_eq!(
            server.asked_for(),
            [&format!("CONNECT {NAME}:443 HTTP/1.1"), "POST / HTTP/1.1"],
            "{variable}"
        );
    }
}

#[test]
fn a_proxy_that_cannot_be_used_stops_everything_and_says_so() {
    let (home, server) = (Home::new(), Encrypted::start());
    let proxy = format!("http://{}", server.address);
    for broken in ["socks5://127.0.0.1:9", "http://127.0.0.1:x", "http://"] {
        let variables = [("HTTPS_PROXY", broken), ("ALL_PROXY", proxy.as_str())];
        let stats = report(&home, &format!("https://{NAME}/"), &variables);
        let reason = stats["last_request"].as_str().unwrap();
        assert!(reason.contains("`HTTPS_PROXY`"), "{broken}: {reason}");
        assert_eq!(stats["dropped"]["transport"], 1);
        assert!(server.asked_for().is_empty());
    }
}

/// In a name space of its own, the process asks a name server on loopback that never answers.
#[test]
fn a_name_lookup_that_hangs_holds_one_thread_and_nobody_up() {
    let home = Home::new();
    let probe = Probe::new(env!("CARGO_BIN_EXE_delivery_probe"), &home);
    let probe = probe.without("NEXTEST");
    let outcome = probe.env("DELIVERY_URL", format!("https://{NAME}/")).run(&["hanging-names"]).checked();
    if outcome.lines == ["not allowed"] {
        return skipped("a name space of one's own takes privileges");
    }
    let [most_lookups, stats] = &outcome.json()[..] else { panic!("{:?}", outcome.lines) };
    assert_eq!(most_lookups, 1, "one lookup at a time");
    assert_eq!((&stats["dropped"]["transport"], &stats["queued"]), (&3.into(), &0.into()), "{stats}");
    assert!(outcome.elapsed < Duration::from_secs(12), "{:?}", outcome.elapsed);
}

#[test]
fn a_name_lookup_that_gets_no_thread_costs_the_event_and_no_more() {
    let home = Home::new();
    let Some(strange) = strange_system(&home) else { return };
    // The first thread is the worker's.
    let strange = [("LD_PRELOAD", strange.to_str().unwrap()), ("STRANGE_THREADS", "1")];
    let stats = report(&home, &format!("https://{NAME}/"), &strange);
    let reason = stats["last_request"].as_str().unwrap();
    assert!(reason.contains("Resource temporarily unavailable"), "{reason}");
    assert_eq!((&stats["dropped"]["transport"], &stats["queued"]), (&1.into(), &0.into()), "{stats}");
}

/// A C or Python host may be in `setenv` at any moment. The main thread's reads show that a read would be seen.
#[test]
fn only_the_reporting_thread_reads_the_environment() {
    let (home, server) = (Home::new(), Encrypted::start());
    let Some(strange) = strange_system(&home) else { return };
    let probe = probe!(&home).sending_to(format!("https://localhost:{}/", server.address.port()));
    let probe = probe.env("SSL_CERT_FILE", server.certificate_in(&home)).env("LD_PRELOAD", strange);
    let outcome = probe.env("STRANGE_LOOKUPS", "1").run(&["report", "flush=9000", "stats"]).checked();
    let mut printed = outcome.json();
    assert_eq!(printed.pop().unwrap()["delivered"], 1);
    let readers: BTreeSet<_> = printed.iter().filter_map(|read| read["thread"].as_str()).collect();
    assert_eq!(Vec::from_iter(readers), ["probe"], "{printed:?}");
    let names: Vec<_> = printed.iter().filter_map(|read| read["reads"].as_str()).collect();
    assert!(names.contains(&"DO_NOT_TRACK") && names.contains(&"SSL_CERT_FILE"), "{names:?}");
}
