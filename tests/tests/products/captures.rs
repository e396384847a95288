// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a test of a product can say about its client, and that nothing of the machine it runs on shows in what it sees. The
//! variables of this test run are set by cargo, which would let events go to loopback addresses only.

use std::time::Duration;

use telemetry_core::consent::ConsentDecision;
use telemetry_core::consent::Rule;
use telemetry_core::deployment::Deployment;
use telemetry_core::host::HostFacts;
use telemetry_core::profile::{DeploymentPolicy, EventKeyOrder, HeartbeatPolicy};
use telemetry_core::stats::DropReason;
use telemetry_core::time::Clock;
use telemetry_core::transport::{Request, Response, TransportError};
use telemetry_core::{
    Client, ConsentPolicy, Product, Profile, TelemetryEnum, TelemetryEvent, Transport, testing,
};
use telemetry_tests::waiting::wait_until;

struct Kiosk;

impl Product for Kiosk {
    const PROFILE: Profile = Profile::new("kiosk", "1")
        .endpoint("https://events.example/default")
        .endpoint_env("KIOSK_ENDPOINT")
        .session_env("KIOSK_SESSION")
        .consent(
            ConsentPolicy::variables(&[("KIOSK_OFF", Rule::OptOut), ("KIOSK_ON", Rule::AFFIRM)]).opt_in(),
        )
        .heartbeat(HeartbeatPolicy::every(Duration::from_secs(600)).interval_env("KIOSK_BEAT_S"))
        .deployment(DeploymentPolicy::from_env("KIOSK_DEPLOYMENT", "street"))
        .event_keys(EventKeyOrder::TimeLast)
        .headers(&[("User-Agent", "kiosk/2.1"), ("X-Kiosk", "yes")]);
}

/// Something was sold.
#[derive(Debug, Clone, TelemetryEvent)]
#[telemetry(product = Kiosk, event_name = "sale", schema_version = "1.0")]
struct Sale {
    /// Papers sold.
    num_papers: u32,
}

/// Where the kiosk is.
#[derive(Debug, Clone, Copy, PartialEq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
enum Place {
    Street,
    Station,
    #[telemetry(fallback)]
    Undefined,
}

const SALE: Sale = Sale { num_papers: 2 };

struct Noon;

impl Clock for Noon {
    fn unix_seconds(&self) -> f64 {
        43_200.0
    }
}

#[test]
fn a_test_sees_what_its_builder_says() {
    let facts = HostFacts::unknown().with_cpu_architecture("riscv64");
    let (kiosk, sent) = Client::<Kiosk>::builder()
        .version("2.1")
        .host_facts(facts)
        .clock(Noon)
        .environment(testing::environment(&[("KIOSK_SESSION", "morning"), ("UNKNOWN", "1")]))
        .capture();
    kiosk.emit(SALE);
    let [request] = sent.requests().try_into().expect("one request");
    assert_eq!(request.url, "https://events.example/default");
    assert_eq!(request.headers.len(), 2);
    assert_eq!(request.header("user-agent"), Some("kiosk/2.1"));
    assert_eq!(request.header("X-Kiosk"), Some("yes"));
    assert_eq!(request.header("Content-Type"), None);
    for (key, value) in [
        ("clientVer", "2.1"),
        ("cpuArchitecture", "riscv64"),
        ("sessionId", "morning"),
        ("sentTs", "1970-01-01T12:00:00.000Z"),
    ] {
        assert_eq!(request.envelope[key], value, "{key}");
    }
    assert_eq!(sent.events()[0].ts, "1970-01-01T12:00:00.000Z");
}

#[test]
fn an_endpoint_of_the_builder_counts_before_the_one_of_a_variable() {
    let environment = || testing::environment(&[("KIOSK_ENDPOINT", "\thttps://events.example/variable\n")]);
    let builder = || Client::<Kiosk>::builder().environment(environment());
    for (builder, url) in [
        (builder(), "https://events.example/variable"),
        (builder().endpoint("https://events.example/builder"), "https://events.example/builder"),
    ] {
        let (kiosk, sent) = builder.capture();
        kiosk.emit(SALE);
        assert_eq!(sent.requests()[0].url, url);
    }
}

/// Cargo has set its variables for this test, and a client that reads them refuses the product's endpoint.
#[test]
fn no_variable_of_the_test_run_counts_unless_the_test_says_so() {
    let (kiosk, sent) = testing::capture::<Kiosk>();
    kiosk.emit(SALE);
    assert_eq!((sent.events().len(), kiosk.stats().dropped_total()), (1, 0));
    let status = kiosk.status();
    assert_eq!(status.endpoint.map(|endpoint| endpoint.url().to_owned()), Ok(status.server_url.into_owned()));
    let (kiosk, sent) = Client::<Kiosk>::builder().environment(Client::read_environment()).capture();
    kiosk.emit(SALE);
    assert_eq!((sent.events().len(), kiosk.stats().dropped(DropReason::BadEndpoint)), (0, 1));
}

#[test]
fn opt_outs_are_ignored_and_an_unusable_endpoint_is_not() {
    let variables = [("KIOSK_OFF", "1"), ("KIOSK_ENDPOINT", "http://events.example/")];
    let (kiosk, sent) = Client::<Kiosk>::builder().environment(testing::environment(&variables)).capture();
    assert_eq!(kiosk.consent_decision(), ConsentDecision::Enabled);
    assert!(!testing::consent_decision::<Kiosk>(&variables, None).is_enabled());
    kiosk.emit(SALE);
    assert_eq!((sent.events().len(), kiosk.stats().dropped(DropReason::BadEndpoint)), (0, 1));
    kiosk.in_environment(&testing::environment(&[])).emit(SALE);
    assert_eq!(sent.events().len(), 1, "another environment for one report");
}

#[test]
fn heartbeats_follow_the_interval_of_the_given_environment() {
    let (kiosk, sent) = Client::<Kiosk>::builder()
        .endpoint("http://127.0.0.1:9/")
        .environment(testing::environment(&[("KIOSK_BEAT_S", "0.05")]))
        .capture();
    let _ = kiosk.emit_with_heartbeat(|_| SALE, |_, _| Sale { num_papers: 0 });
    wait_until(|| sent.events().len() > 2);
    let papers: Vec<_> = sent.events().iter().map(|event| event.parameters["numPapers"].clone()).collect();
    assert_eq!(papers[..3], [2, 0, 0]);
    kiosk.set_enabled(false);
}

/// A way on which nothing may go.
struct Closed;

impl Transport for Closed {
    fn post(&mut self, _: &Request<'_>) -> Result<Response, TransportError> {
        panic!("nothing leaves a test")
    }
}

#[test]
fn the_client_of_a_product_is_tested_without_what_it_would_leave_behind() {
    let dir = std::env::temp_dir().join("no such directory of a kiosk");
    let (kiosk, sent) = Client::<Kiosk>::builder()
        .config_dir(&dir)
        .audit_file(dir.join("log"))
        .transport(|| Closed)
        .flush_at_exit(Duration::from_secs(1))
        .capture();
    kiosk.emit(SALE);
    assert_eq!(sent.events().len(), 1);
    assert!(!dir.exists());
}

#[test]
fn a_test_learns_where_an_environment_leads() {
    let endpoint = |variables: &[(&str, &str)]| testing::endpoint::<Kiosk>(variables);
    let url = |variables: &[(&str, &str)]| endpoint(variables).map(|endpoint| endpoint.url().to_owned());
    assert_eq!(url(&[]).as_deref(), Ok("https://events.example/default"));
    assert_eq!(url(&[("KIOSK_ENDPOINT", " http://[::1]:9/ ")]).as_deref(), Ok("http://[::1]:9/"));
    let plain = ("KIOSK_ENDPOINT", "http://collector.svc:4318/");
    assert!(endpoint(&[plain]).unwrap_err().to_string().contains("is not encrypted"));
    let trusted = ("NEMO_TELEMETRY_PLAIN_HTTP_HOSTS", "collector.svc");
    assert!(!endpoint(&[plain, trusted]).unwrap().is_encrypted());
    let refused = endpoint(&[plain, trusted, ("NEXTEST", "1")]).unwrap_err().to_string();
    assert!(refused.contains("cargo or nextest"), "{refused}");
    for url in ["", " ", "nowhere", "ftp://events.example/"] {
        assert!(endpoint(&[("KIOSK_ENDPOINT", url)]).is_err(), "{url:?}");
    }
}

#[test]
fn a_deployment_can_be_asked_in_an_environment_of_the_test() {
    static DEPLOYMENT: Deployment<Kiosk, Place> = Deployment::new();
    let place = |value: &str| DEPLOYMENT.get_in(&testing::environment(&[("KIOSK_DEPLOYMENT", value)]));
    assert_eq!(DEPLOYMENT.get_in(&testing::environment(&[])), Place::Street);
    assert_eq!([place("STATION"), place("harbor")], [Place::Station, Place::Undefined]);
    DEPLOYMENT.claim(Place::Street);
    assert_eq!(place("station"), Place::Street, "a claim overrides the variable");
}
