// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! An example is not a product: whatever the variables contain, it reports to this machine only.

use serde_json::json;
use telemetry_tests::home::Home;
use telemetry_tests::running::{assert_reports_nowhere, told_to_report_elsewhere};
use telemetry_tests::server::DOWN;

const CONFIGS: &str = env!("CARGO_MANIFEST_DIR");

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
fn the_router_reports_to_this_machine_only() {
    let (program, model) = (env!("CARGO_BIN_EXE_router_service"), format!("down,20,{DOWN}"));
    assert_reports_nowhere(program, &[&model], "/route", &json!({"prompt": "Hello"}), 503);
}
