// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! An example is no product: whatever the variables say, it does not report to the world.

use serde_json::{Value, json};
use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::server::DOWN;

use crate::running::Service;

const CONFIGS: &str = env!("CARGO_MANIFEST_DIR");

/// A host that does not exist, which the standard promises: RFC 6761, section 6.4.
const ELSEWHERE: &str = "https://events.invalid/v1.1/events/json";

/// The program with an endpoint that is not on this machine. Were it to report there, it would not get out of here.
fn told_to_report_elsewhere(program: &str, home: &Home) -> Probe {
    // Not told that this is a test, so that the example itself has to see to it.
    let program =
        Probe::new(program, home).without("NEXTEST").sending_to(ELSEWHERE).sending_products_to(ELSEWHERE);
    program.env("PATH", std::env::var_os("PATH").unwrap()).env("HTTPS_PROXY", "http://127.0.0.1:1")
}

#[test]
fn a_chat_reports_to_this_machine_only() {
    let home = Home::new();
    let chat = told_to_report_elsewhere(env!("CARGO_BIN_EXE_chat"), &home);
    let mut chat = chat.start(&[&format!("{CONFIGS}/support_bot")]);
    chat.say("When does my table arrive?");
    let _ = chat.line();
    chat.end_input();
    let _ = chat.finish().checked();
    assert!(home.is_untouched());
}

/// Has the service do what it would report.
fn assert_reports_nowhere(program: &str, arguments: &[&str], path: &str, body: &Value, status: u16) {
    let home = Home::new();
    let service = Service::start(told_to_report_elsewhere(program, &home), arguments);
    assert_eq!(service.client.call("POST", path, body).0, status, "{program}");
    let _ = service.end();
    assert!(home.is_untouched(), "{program}");
}

#[test]
fn servers_with_engines_report_to_this_machine_only() {
    let ask = json!({"config_id": "support_bot", "message": "Hello"});
    for (program, arguments) in [
        (env!("CARGO_BIN_EXE_api_server"), [CONFIGS].as_slice()),
        (env!("CARGO_BIN_EXE_prefork_server"), &[CONFIGS, "1"]),
    ] {
        assert_reports_nowhere(program, arguments, "/v1/chat/completions", &ask, 200);
    }
}

#[test]
fn the_sandbox_service_reports_to_this_machine_only() {
    let program = env!("CARGO_BIN_EXE_sandbox_service");
    assert_reports_nowhere(program, &[], "/sandboxes", &json!({"command": ["true"]}), 200);
}

#[test]
fn the_router_reports_to_this_machine_only() {
    let (program, model) = (env!("CARGO_BIN_EXE_router_service"), format!("down,20,{DOWN}"));
    assert_reports_nowhere(program, &[&model], "/route", &json!({"prompt": "Hello"}), 503);
}
