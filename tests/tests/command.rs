// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The command `nemo-telemetry`, run as its users run it.

use std::path::Path;

use serde_json::Value;
use telemetry_core::TelemetryEvent;
use telemetry_guardrails::GuardrailsUsageEvent;
use telemetry_tests::child::{Outcome, Probe};
use telemetry_tests::home::Home;
use telemetry_tests::marked_home::make_fifo;
use telemetry_tests::server::{Answer, DOWN, Server};

const EXAMPLES: [&str; 4] = ["support_bot", "voice_assistant", "content_safety", "claims_desk"];

fn command(home: &Home) -> Probe {
    Probe::new(env!("CARGO_BIN_EXE_guardrails_command"), home)
}

fn example(name: &str) -> String {
    format!("{}/../examples/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn text(lines: &[String]) -> String {
    lines.join("\n")
}

/// Checks that the command failed with `code`, printed nothing to standard output and said all of `words`.
fn assert_refused(outcome: &Outcome, code: i32, words: &[&str]) {
    let errors = text(&outcome.errors);
    assert_eq!((outcome.code, outcome.lines.as_slice()), (Some(code), [].as_slice()), "{errors}");
    for word in words {
        assert!(errors.contains(word), "{word:?} is not in {errors}");
    }
}

#[test]
fn inspect_explains_every_field_of_every_example_and_touches_nothing() {
    for name in EXAMPLES {
        let home = Home::new();
        let outcome = command(&home).run(&["inspect", &example(name)]).checked();
        for field in GuardrailsUsageEvent::DESCRIPTOR.fields {
            assert!(outcome.lines.iter().any(|line| line.starts_with(field.name)), "{name}: {}", field.name);
        }
        assert!(text(&outcome.lines).contains("Nothing was sent."));
        assert!(home.is_untouched(), "{name}");
    }
}

#[test]
fn inspect_prints_the_event_that_each_example_is_known_to_produce() {
    for (name, colang, providers, features, flows) in [
        ("support_bot", "1.0", "FastEmbed,openai", "self_check", 3),
        ("voice_assistant", "2.x", "nim", "", 3),
        ("content_safety", "1.0", "nim,vllm", "content_safety,jailbreak_detection,topic_safety", 0),
        ("claims_desk", "1.0", "azure", "regex,sensitive_data_detection", 1),
    ] {
        let event = inspected(&[&example(name), "--json"]);
        let list = |key: &str| {
            event[key]
                .as_array()
                .unwrap()
                .iter()
                .map(|text| text.as_str().unwrap())
                .collect::<Vec<_>>()
                .join(",")
        };
        assert_eq!(event["colangVersion"], colang, "{name}");
        assert_eq!(
            (list("llmProviders"), list("builtinFeatures")),
            (providers.into(), features.into()),
            "{name}"
        );
        assert_eq!(event["numCustomFlows"], flows, "{name}");
        assert_eq!(event.as_object().unwrap().len(), 19, "{name}");
    }
}

/// The one JSON object that `inspect` prints, even when opted out.
fn inspected(arguments: &[&str]) -> Value {
    let home = Home::new();
    let arguments = [&["inspect"], arguments].concat();
    let outcome = command(&home).env("DO_NOT_TRACK", "1").run(&arguments).checked();
    let [event] = outcome.json().try_into().unwrap();
    assert!(home.is_untouched());
    event
}

#[test]
fn inspect_takes_engine_deployment_and_release() {
    let claims = example("claims_desk");
    let event = inspected(&[&claims, "--json", "--engine", "IORails", "--deployment-type", "cli"]);
    assert_eq!((&event["railsEngine"], &event["deploymentType"]), (&"IORails".into(), &"cli".into()));
    assert_eq!(event["numCustomFlows"], 2, "this engine counts the rail of the user's own");
    let envelope = inspected(&[&claims, "--envelope"]);
    assert_eq!(envelope.as_object().unwrap().len(), 30);
    assert_eq!(envelope["events"][0]["name"], "guardrails_usage_event");
    let home = Home::new();
    let f5 = home.path().join("f5.yml");
    std::fs::write(&f5, "models: []\nrails: {input: {flows: [f5 guardrails scan input]}}\n").unwrap();
    let features = |release: &str| {
        inspected(&[f5.to_str().unwrap(), "--json", "--compat", release])["builtinFeatures"].clone()
    };
    assert_eq!((features("0.24"), features("0.22")), (serde_json::json!(["f5"]), serde_json::json!([])));
}

#[test]
fn bad_configurations_name_file_and_remedy_and_exit_with_2() {
    let home = Home::new();
    let file = |name: &str, content: &[u8]| {
        std::fs::write(home.path().join(name), content).unwrap();
        home.path().join(name).to_str().unwrap().to_owned()
    };
    std::fs::create_dir(home.path().join("void")).unwrap();
    for (config, words) in [
        ("nowhere".to_owned(), ["nowhere", "help:"]),
        (file("plain.txt", b"models: []"), ["plain.txt", "help:"]),
        (file("broken.yml", b"models: [\n"), ["broken.yml:", "help:"]),
        (file("latin.yml", b"models: [] # \xff"), ["latin.yml", "UTF-8"]),
        (file("empty.yml", b""), ["empty.yml", "help:"]),
        (file("engine.yml", b"models:\n  - {type: main}\n"), ["engine.yml:2:", "engine"]),
        ("void".to_owned(), ["void", "help:"]),
    ] {
        for subcommand in ["inspect", "report"] {
            assert_refused(&command(&home).run(&[subcommand, &config]), 2, &words);
        }
    }
}

#[test]
fn bad_usage_exits_with_2() {
    for arguments in [
        &[] as &[&str],
        &["inspect"],
        &["inspect", "c", "--engine", "None"],
        &["inspect", "c", "--json", "--envelope"],
        &["inspect", "c", "--compat", "0.21"],
        &["report", "c", "--deployment-type", "cloud"],
        &["explode"],
    ] {
        assert_eq!(command(&Home::new()).run(arguments).code, Some(2), "{arguments:?}");
    }
}

#[test]
fn report_sends_one_event_and_says_what_became_of_it() {
    let (server, home) = (Server::start(), Home::new());
    let outcome = command(&home).sending_to(server.url()).run(&["report", &example("support_bot")]).checked();
    assert!(outcome.lines[0].contains("status 200 after"), "{:?}", outcome.lines);
    assert!(outcome.lines[1].contains(home.audit_file().to_str().unwrap()), "{:?}", outcome.lines);
    let [request] = server.after_exit().try_into().unwrap();
    let audited: Value = serde_json::from_str(&home.audit_lines()[0]).unwrap();
    assert_eq!(request.parameters(), audited);
}

#[test]
fn report_under_an_opt_out_names_it_and_sends_nothing() {
    let (server, home) = (Server::start(), Home::new());
    let opted_out = command(&home).sending_to(server.url()).env("CI", "true");
    let outcome = opted_out.run(&["report", &example("support_bot")]).checked();
    assert_eq!(outcome.lines, ["Nothing was sent: CI opts out."]);
    assert!(server.after_exit().is_empty() && home.is_untouched());
}

#[test]
fn report_that_does_not_arrive_exits_with_1_and_says_why() {
    let config = example("support_bot");
    let refusing = Server::answering([Answer::Status(500)]);
    for (url, word) in [
        (refusing.url(), "status 500"),
        (DOWN.into(), "did not answer"),
        ("file:///etc/passwd".into(), "unsupported scheme"),
        ("http://events.example.com/".into(), "not encrypted"),
        (String::new(), "is empty"),
    ] {
        assert_refused(&command(&Home::new()).sending_to(&url).run(&["report", &config]), 1, &[word]);
    }
}

/// Puts something that is no audit log where a part of it should be.
#[cfg(unix)]
fn obstruct(home: &Home, obstacle: &str) {
    let (audit, beside) =
        (home.audit_file(), |suffix| home.config_dir().join(format!("usage_stats.json{suffix}")));
    let full = || std::fs::File::create(&audit).unwrap().set_len(11 << 20).unwrap();
    match obstacle {
        "directory" => std::fs::create_dir(&audit).unwrap(),
        "fifo" => make_fifo(&audit),
        "link" => std::os::unix::fs::symlink("elsewhere", &audit).unwrap(),
        "older is a directory" => {
            full();
            std::fs::create_dir(beside(".1")).unwrap();
        }
        "lock is a fifo" => {
            full();
            make_fifo(&beside(".lock"));
        }
        _ => unreachable!("{obstacle}"),
    }
}

#[cfg(unix)]
#[test]
fn report_without_a_copy_says_which_file_could_not_be_written_and_why() {
    for (obstacle, reason) in [
        ("directory", "not a regular file"),
        ("fifo", "not a regular file"),
        ("link", "not a regular file"),
        ("older is a directory", "os error"),
        ("lock is a fifo", "os error"),
    ] {
        let (server, home) = (Server::start(), Home::new().with_config_dir());
        obstruct(&home, obstacle);
        let outcome = command(&home).sending_to(server.url()).run(&["report", &example("support_bot")]);
        let warning = format!("warning: {}: ", home.audit_file().display());
        assert!(outcome.errors[0].starts_with(&warning), "{obstacle}: {:?}", outcome.errors);
        assert!(outcome.errors[0].contains(reason), "{obstacle}: {:?}", outcome.errors);
        assert!(outcome.errors[1].starts_with("help: "), "{obstacle}: {:?}", outcome.errors);
        assert_eq!((outcome.code, server.after_exit().len()), (Some(0), 1), "{obstacle}: sent all the same");
        assert!(outcome.lines[1].starts_with("There is no copy"), "{obstacle}: {:?}", outcome.lines);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn report_from_a_home_that_takes_no_files_says_so() {
    let (server, home) = (Server::start(), Home::new());
    let command = command(&home).env("HOME", "/proc").sending_to(server.url());
    let outcome = command.run(&["report", &example("support_bot")]);
    assert_eq!(outcome.code, Some(0), "{:?}", outcome.errors);
    let warning = "warning: /proc/.config/nemoguardrails/usage_stats.json: ";
    assert!(outcome.errors[0].starts_with(warning), "{:?}", outcome.errors);
}

#[test]
fn report_that_does_not_arrive_says_where_the_copy_is() {
    let refusing = Server::answering([Answer::Status(500)]);
    for url in [refusing.url(), DOWN.into()] {
        let home = Home::new();
        let outcome = command(&home).sending_to(&url).run(&["report", &example("support_bot")]);
        let copy = format!("A copy is the last line of {}.", home.audit_file().display());
        assert_refused(&outcome, 1, &[" ms", &copy]);
        assert_eq!(home.audit_lines().len(), 1);
    }
}

/// Nothing that a configuration holds can disturb the terminal of whoever looks at it.
#[test]
fn messages_escape_and_cut_what_a_configuration_holds() {
    let home = Home::new();
    let config = home.path().join("bot\u{1b}[2J");
    std::fs::create_dir(&config).unwrap();
    std::fs::write(config.join("config.yml"), "models: []\n").unwrap();
    for name in ["\u{1b}[2J\u{1b}]0;own\u{7} x".to_owned(), "x".repeat(4 << 20)] {
        std::fs::write(config.join("talk.co"), format!("define flow {name}\n")).unwrap();
        let outcome = command(&home).run(&["inspect", config.to_str().unwrap()]);
        let errors = text(&outcome.errors);
        assert_refused(&outcome, 2, &[r"bot\u{1b}[2J/talk.co:1", "help:"]);
        assert!(!errors.contains(|c: char| c.is_control() && c != '\n'), "{errors:?}");
        assert!(errors.len() < 2000, "{} bytes", errors.len());
    }
}

#[test]
fn status_shows_every_signal_and_where_things_are() {
    let home = Home::new();
    let outcome = command(&home).env("DO_NOT_TRACK", "1").env("CI", "0").run(&["status"]).checked();
    let shown = text(&outcome.lines);
    assert!(shown.starts_with("Usage telemetry of nemoguardrails is off: DO_NOT_TRACK opts out."), "{shown}");
    assert!(shown.contains(home.marker().to_str().unwrap()), "{shown}");
    let with =
        |name: &str, value: &str| command(&home).env(name, value).run(&["status", "--json"]).checked().json();
    let [status] = with("NEMO_GUARDRAILS_HEARTBEAT_INTERVAL_S", "30").try_into().unwrap();
    assert_eq!(status["enabled"], true);
    assert_eq!(status["heartbeat_interval_s"], 30.0);
    assert_eq!(status["audit_file"], home.audit_file().to_str().unwrap());
    assert_eq!(status["do_not_track_file"], home.marker().to_str().unwrap());
    let signals: Vec<_> =
        status["signals"].as_array().unwrap().iter().map(|signal| &signal["signal"]).collect();
    assert_eq!(signals.len(), 6, "{signals:?}");
    let [status] = with("NEMO_GUARDRAILS_USAGE_STATS_SERVER", "").try_into().unwrap();
    assert_eq!(status["endpoint"], "");
    assert!(status["endpoint_error"].as_str().unwrap().contains("is empty"));
    assert!(home.is_untouched());
}

#[test]
fn status_names_the_proxy_without_its_password_or_says_why_it_cannot_be_used() {
    let home = Home::new();
    let with_proxy = |proxy: &str| {
        let [status] = command(&home)
            .env("HTTPS_PROXY", proxy)
            .run(&["status", "--json"])
            .checked()
            .json()
            .try_into()
            .unwrap();
        status
    };
    let status: Value = with_proxy("http://ann:secret@proxy.example:3128");
    let shown = status["proxy"].as_str().unwrap();
    assert!(shown.contains("proxy.example:3128") && !shown.contains("secret"), "{shown}");
    let status: Value = with_proxy("gopher://proxy.example");
    assert!(status["proxy_error"].as_str().unwrap().contains("HTTPS_PROXY"), "{status}");
    let shown = text(&command(&home).env("HTTPS_PROXY", "gopher://x").run(&["status"]).checked().lines);
    assert!(shown.contains("nothing is sent: the proxy in `HTTPS_PROXY`"), "{shown}");
}

#[test]
fn disable_and_enable_write_and_remove_the_file_and_can_be_repeated() {
    let home = Home::new();
    let run = |subcommand: &str| text(&command(&home).run(&[subcommand]).checked().lines);
    assert!(run("enable").contains("There is no do-not-track file"));
    for said in ["Telemetry is off: wrote", "Telemetry is already off"] {
        assert!(run("disable").contains(said));
        assert!(home.marker().is_file());
    }
    assert!(run("status").contains("marker file opts out"));
    assert!(run("enable").contains("Telemetry is on."));
    assert!(!home.marker().exists());
    let still = command(&home).env("CI", "1").run(&["enable"]).checked();
    assert!(text(&still.lines).contains("still off: CI opts out"));
}

#[test]
fn what_cannot_be_written_or_removed_is_an_error_with_the_path() {
    let home = Home::new();
    std::fs::write(home.path().join(".config"), "a file where a directory should be").unwrap();
    assert_refused(&command(&home).run(&["disable"]), 1, &[home.marker().to_str().unwrap(), "help:"]);
    let home = Home::new();
    std::fs::create_dir_all(home.marker()).unwrap();
    assert_refused(&command(&home).run(&["enable"]), 1, &[home.marker().to_str().unwrap(), "help:"]);
}

#[test]
fn features_lists_flows_and_aliases_with_their_place() {
    let outcome = command(&Home::new()).run(&["features", "--json"]).checked();
    let [features] = outcome.json().try_into().unwrap();
    let flows = features["flows"].as_array().unwrap();
    assert_eq!((flows.len(), features["aliases"].as_array().unwrap().len()), (80, 4));
    for flow in flows {
        assert!(Path::new(flow["file"].as_str().unwrap()).ends_with("src/tables/builtin.rs"), "{flow}");
        assert!(flow["line"].as_u64().unwrap() > 0, "{flow}");
    }
    let table = command(&Home::new()).run(&["features"]).checked().lines;
    assert!(
        table
            .iter()
            .any(|line| line.starts_with("self check hallucination  ") && line.contains("self_check"))
    );
}

/// A home in which one event was reported.
fn home_after_a_report() -> Home {
    let (server, home) = (Server::start(), Home::new());
    let _ = command(&home).sending_to(server.url()).run(&["report", &example("support_bot")]).checked();
    home
}

fn append(home: &Home, text: &str) {
    use std::io::Write;
    std::fs::File::options()
        .append(true)
        .open(home.audit_file())
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
}

#[test]
fn audit_shows_what_was_sent_and_verifies_it() {
    let home = home_after_a_report();
    let run = |arguments: &[&str]| command(&home).run(&[&["audit"], arguments].concat());
    let shown = run(&[]).checked().lines;
    assert!(shown.len() == 1 && shown[0].contains("guardrails_usage_event"), "{shown:?}");
    assert_eq!(run(&["--json"]).checked().lines, home.audit_lines());
    assert!(
        text(&run(&["--verify"]).checked().lines).ends_with("1 valid events, 0 torn lines, 0 invalid events")
    );
    append(&home, "{\"torn\n");
    assert!(
        text(&run(&["--verify"]).checked().lines).ends_with("1 valid events, 1 torn lines, 0 invalid events")
    );
    append(&home, &format!("{}\n", home.audit_lines()[0].replace("\"library\"", "\"garage\"")));
    let verified = run(&["--verify"]);
    assert_eq!(verified.code, Some(1));
    assert!(
        text(&verified.lines).contains(":3: `/deploymentType` cannot be `garage`"),
        "{:?}",
        verified.lines
    );
    assert_eq!(run(&["--tail", "1", "--json"]).checked().lines.len(), 1);
}

#[test]
fn audit_reads_the_older_file_first_and_an_absent_one_as_empty() {
    let home = home_after_a_report();
    let older = home.audit_file().with_file_name("usage_stats.json.1");
    std::fs::rename(home.audit_file(), &older).unwrap();
    assert_eq!(command(&home).run(&["audit"]).checked().lines.len(), 1);
    std::fs::remove_file(&older).unwrap();
    assert!(text(&command(&home).run(&["audit"]).checked().lines).ends_with("has no events."));
    std::fs::create_dir(home.audit_file()).unwrap();
    assert_refused(
        &command(&home).run(&["audit"]),
        1,
        &[home.audit_file().to_str().unwrap(), "not a regular file"],
    );
}

#[test]
fn audit_follows_new_events() {
    let home = home_after_a_report();
    let mut following = command(&home).start(&["audit", "--follow", "--json"]);
    let line = following.line();
    append(&home, &format!("{line}\n"));
    assert_eq!(following.line(), line);
    following.kill();
}

#[test]
fn another_product_has_its_own_command_in_three_lines() {
    let home = Home::new();
    let run = |arguments: &[&str]| {
        Probe::new(env!("CARGO_BIN_EXE_product_command"), &home)
            .env("OPENSHELL_TELEMETRY_ENDPOINT", "http://[::1]:9/")
            .run(arguments)
            .checked()
    };
    let [status] = run(&["status", "--json"]).json().try_into().unwrap();
    assert_eq!((&status["enabled"], &status["endpoint"]), (&true.into(), &"http://[::1]:9/".into()));
    run(&["disable"]);
    assert!(home.path().join(".config/openshell/do_not_track").exists());
    assert!(text(&run(&["status"]).lines).contains("openshell is off"));
    assert_eq!(run(&["--version"]).lines, ["openshell 1.2.3"]);
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let home = Home::new();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_guardrails_command"))
        .args(["features"])
        .env("HOME", home.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
