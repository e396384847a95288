// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Plain `http` to hosts that the operator of a machine names. `127.1` is such a host here: to the client it is a name like
//! any other, and the system finds this machine under it.

#![cfg(target_os = "linux")]

use serde_json::Value;
use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::probe;
use telemetry_tests::server::{Answer, Server};

const HOSTS: &str = "NEMO_TELEMETRY_PLAIN_HTTP_HOSTS";

/// The URL of the server under a name that is not known to be this machine.
fn elsewhere(server: &Server) -> String {
    server.url().replace("127.0.0.1", "127.1")
}

/// A process outside of a test run.
fn process(home: &Home, url: &str, variables: &[(&str, &str)]) -> Probe {
    let probe = probe!(home).without("NEXTEST").sending_to(url);
    variables.iter().fold(probe, |probe, (name, value)| probe.env(name, value))
}

/// Reports once and returns the counters.
fn report(home: &Home, url: &str, variables: &[(&str, &str)]) -> Value {
    let probe = process(home, url, variables);
    probe.run(&["report", "flush", "stats"]).checked().json().pop().unwrap()
}

#[test]
fn plain_http_reaches_a_host_that_the_operator_names() {
    let (home, server) = (Home::new(), Server::start());
    let url = elsewhere(&server);
    let port = url.split([':', '/']).nth(4).unwrap();
    for hosts in ["127.1", &format!("other.svc,127.1:{port}"), &format!(" 127.1:{port}\n")] {
        assert_eq!(report(&home, &url, &[(HOSTS, hosts)])["delivered"], 1, "{hosts:?}");
        assert_eq!(server.next_request().path, "/v1.1/events/json");
    }
}

#[test]
fn plain_http_reaches_no_other_host_and_writes_no_audit_line() {
    let (home, server) = (Home::new(), Server::start());
    let url = elsewhere(&server);
    for hosts in ["", "*", "127.1.example", "27.1", "127.1:9", "http://127.1", "127.0.0.1", "localhost"] {
        let stats = report(&home, &url, &[(HOSTS, hosts)]);
        assert_eq!(stats["dropped"]["bad endpoint"], 1, "{hosts:?}: {stats}");
    }
    assert_eq!(report(&home, &url, &[])["dropped"]["bad endpoint"], 1);
    assert!(server.after_exit().is_empty());
    assert!(home.audit_lines().is_empty());
}

#[test]
fn a_test_run_reaches_only_this_machine_even_if_the_operator_names_others() {
    let (home, server) = (Home::new(), Server::start());
    let url = elsewhere(&server);
    for variable in ["NEXTEST", "CARGO_MANIFEST_DIR"] {
        let stats = report(&home, &url, &[(HOSTS, "127.1"), (variable, "1")]);
        assert_eq!(stats["dropped"]["bad endpoint"], 1, "{variable}: {stats}");
    }
    assert!(server.after_exit().is_empty());
}

#[test]
fn plain_http_uses_no_proxy_and_stops_where_one_is_configured() {
    let (home, server, proxy) = (Home::new(), Server::start(), Server::start());
    let (url, proxy_url) = (elsewhere(&server), proxy.url());
    for variable in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        for value in [proxy_url.as_str(), "socks5://127.0.0.1:9", "http://"] {
            let variables = [(HOSTS, "127.1"), (variable, value)];
            let stats = report(&home, &url, &variables);
            let reason = stats["last_request"].as_str().unwrap();
            assert!(reason.contains(&format!("`{variable}`")), "{reason}");
            assert_eq!(stats["dropped"]["transport"], 1, "{stats}");
        }
        let variables = [(HOSTS, "127.1"), (variable, proxy_url.as_str()), ("NO_PROXY", "127.1")];
        assert_eq!(report(&home, &url, &variables)["delivered"], 1, "{variable}");
        assert_eq!(server.next_request().method, "POST");
    }
    assert!(server.after_exit().is_empty());
    assert!(proxy.after_exit().is_empty());
}

#[test]
fn a_redirect_of_a_host_that_is_named_is_not_followed() {
    let (home, server) = (Home::new(), Server::answering([Answer::Redirect("/elsewhere")]));
    let stats = report(&home, &elsewhere(&server), &[(HOSTS, "127.1")]);
    assert_eq!(stats["dropped"]["refused"], 1, "{stats}");
    let paths: Vec<_> = server.after_exit().into_iter().map(|request| request.path).collect();
    assert_eq!(paths, ["/v1.1/events/json"]);
}

/// The variable is read at each report, so the word can be taken back.
#[test]
fn a_host_that_is_named_no_more_gets_no_further_event() {
    let (home, server) = (Home::new(), Server::start());
    let taken_back = format!("set={HOSTS}=");
    let steps = ["report", "flush", &taken_back, "report", "flush", "stats"];
    let outcome = process(&home, &elsewhere(&server), &[(HOSTS, "127.1")]).run(&steps).checked();
    let stats = outcome.json().pop().unwrap();
    assert_eq!((&stats["delivered"], &stats["dropped"]["bad endpoint"]), (&1.into(), &1.into()), "{stats}");
    assert_eq!(server.after_exit().len(), 1);
}
