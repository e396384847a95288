// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The command on a terminal and in a pipe: widths, colors, and a reader that goes away.

#![cfg(unix)]

use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use telemetry_tests::child::Probe;
use telemetry_tests::collecting::Connection;
use telemetry_tests::home::Home;
use telemetry_tests::server::{Answer, Server};

use crate::nemo_telemetry::{EXAMPLES, command, example, text};

/// Subcommands that print tables, sentences, help and errors.
fn commands() -> Vec<Vec<String>> {
    let inspect = EXAMPLES.iter().map(|name| vec!["inspect".to_owned(), example(name)]);
    let others = [
        "status",
        "disable",
        "enable",
        "audit",
        "features",
        "schema --check missing.json",
        "inspect missing",
        "disable --all-products",
        "--help",
        "status --help",
        "audit --help",
        "schema --help",
        "inspect --help",
        "completions --help",
    ];
    let words = |line: &str| line.split(' ').map(str::to_owned).collect();
    inspect.chain(others.into_iter().map(words)).collect()
}

fn on_terminal(probe: Probe, columns: u16, arguments: &[String]) -> String {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    probe.env("NO_COLOR", "1").on_terminal(columns, &arguments).text
}

/// A line that is longer than the terminal, and that a space could have ended earlier.
fn is_too_long(line: &str, columns: usize) -> bool {
    let is_code = line.matches('`').count() >= 2;
    // The parser does not break the line with the usage.
    let is_usage = line.starts_with("Usage: ");
    line.chars().count() > columns && line.trim().contains(' ') && !is_code && !is_usage
}

#[test]
fn nothing_breaks_inside_a_word_in_any_usual_width() {
    for columns in [40, 80, 100, 132] {
        for arguments in commands() {
            let home = Home::new();
            let shown = on_terminal(command(&home), columns, &arguments);
            assert_fits(&shown, columns);
        }
    }
}

/// Asserts that the lines of this screen end between words.
fn assert_fits(shown: &str, columns: u16) {
    for line in shown.lines() {
        assert!(!is_too_long(line, columns.into()), "in {columns}: {line}\n{shown}");
    }
}

/// JSON has no spaces when it arrives.
#[test]
fn events_that_are_collected_end_their_lines_between_words() {
    for columns in [40, 80] {
        let home = Home::new();
        let arguments = ["collect", "--listen", "127.0.0.1:0", "--store", "s", "--count", "2"];
        let mut collector = command(&home).env("NO_COLOR", "1").start_on_terminal(columns, &arguments);
        collector.wait_for("/\n");
        let text = collector.text();
        let address = text.trim().trim_end_matches('/').rsplit('/').next().unwrap();
        let members = (0..40).map(|index| format!(r#""member{index}":"a:b,c{index}""#)).collect::<Vec<_>>();
        let event = format!(r#"{{"name":"guardrails_usage_event","parameters":{{{}}}}}"#, members.join(","));
        let body = format!(r#"{{"clientId":"1","events":[{event},{event}]}}"#);
        assert_eq!(Connection::open(address).unwrap().post(&body).unwrap(), 422);
        let query = ["collect", "--store", "s", "--query", "SELECT id, parameters, violations FROM events"];
        let stored = |home| command(home).env("NO_COLOR", "1").on_terminal(columns, &query);
        for screen in [collector.finish(), stored(&home)] {
            let words = screen.text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains(r#""member39": "a:b,c39"}"#), "{words}");
            assert_fits(&screen.text, columns);
        }
    }
}

#[test]
fn the_report_of_expectations_ends_its_lines_between_words() {
    let home = Home::new();
    std::fs::write(
        home.path().join("expect.toml"),
        "[[event]]\nname = \"guardrails_usage_event\"\nwhere = { railsEngine = \"IORails\" }\n",
    )
    .unwrap();
    let program = env!("CARGO_BIN_EXE_guardrails_command");
    let config = example("support_bot");
    let arguments =
        ["expect", "--manifest", "expect.toml", "--timeout", "1s", "--", program, "report", &config];
    let screen = command(&home).env("NO_COLOR", "1").on_terminal(80, &arguments);
    assert!(screen.text.contains("the first is {"), "{}", screen.text);
    assert_fits(&screen.text, 80);
}

/// The same words in the same order, except where whole columns have moved.
#[test]
fn a_terminal_shows_every_word_that_a_pipe_gets() {
    let home = Home::new();
    let is_varying = |word: &&str| word.len() == 36 || word.starts_with("17") || word.starts_with("18");
    for name in EXAMPLES {
        let arguments = ["inspect".to_owned(), example(name)];
        let piped = text(&command(&home).run(&["inspect", &example(name)]).checked().lines);
        for columns in [50, 80, 120] {
            let shown = on_terminal(command(&home), columns, &arguments);
            let words = |text: &str| {
                let mut words: Vec<String> =
                    text.split_whitespace().filter(|word| !is_varying(word)).map(str::to_owned).collect();
                words.sort();
                words
            };
            assert_eq!(words(&shown), words(&piped), "{columns}: {shown}");
        }
    }
}

#[test]
fn the_width_is_that_of_the_terminal_unless_a_variable_sets_it() {
    let home = Home::new();
    let width = |columns: u16, variable: Option<&str>| {
        let probe = command(&home).env("NO_COLOR", "1");
        let probe = variable.into_iter().fold(probe, |probe, value| probe.env("COLUMNS", value));
        probe.on_terminal(columns, &["inspect", &example("support_bot")]).width()
    };
    assert!(width(200, None) > 120);
    assert!(width(200, Some("100")) <= 100);
    assert!(width(100, Some("nonsense")) <= 100);
    assert!(width(100, Some("0")) <= 100);
    assert!(width(0, None) <= 80, "a terminal that does not know its size");
    assert!(width(1, None) > 0, "a terminal in which nothing fits");
}

#[test]
fn a_pipe_gets_each_row_on_one_line_whatever_the_variables_are() {
    let home = Home::new();
    let inspect = |probe: Probe| probe.run(&["inspect", &example("support_bot")]).checked().lines.len();
    let rows = inspect(command(&home));
    assert_eq!(inspect(command(&home).env("COLUMNS", "40").env("TERM", "xterm")), rows);
}

#[test]
fn colors_are_for_terminals_and_for_those_who_ask_for_them() {
    let home = Home::new();
    let is_colored = |probe: Probe, is_terminal: bool, arguments: &[&str]| {
        let shown = if is_terminal {
            probe.on_terminal(80, arguments).text
        } else {
            let outcome = probe.run(arguments);
            text(&outcome.lines) + &text(&outcome.errors)
        };
        shown.contains('\u{1b}')
    };
    let plain = || command(&home);
    for arguments in
        [&["status"][..], &["inspect", "missing"], &["--help"], &["status", "--help"], &["explode"]]
    {
        let with = |option: &'static str| [arguments, &[option]].concat();
        for (probe, is_terminal, arguments, colored) in [
            (plain(), true, arguments.to_vec(), true),
            (plain(), false, arguments.to_vec(), false),
            (plain().env("NO_COLOR", "1"), true, arguments.to_vec(), false),
            (plain().env("NO_COLOR", ""), true, arguments.to_vec(), true),
            (plain().env("CLICOLOR", "0"), true, arguments.to_vec(), false),
            (plain().env("TERM", "dumb"), true, arguments.to_vec(), false),
            (plain().env("CLICOLOR_FORCE", "1"), false, arguments.to_vec(), true),
            (plain().env("CLICOLOR_FORCE", "1"), false, with("--color=never"), false),
            (plain(), true, with("--color=never"), false),
            (plain(), false, with("--color=always"), true),
            (plain().env("NO_COLOR", "1"), true, with("--color=always"), true),
            (plain().env("NO_COLOR", "1"), true, with("--color=auto"), false),
        ] {
            assert_eq!(is_colored(probe, is_terminal, &arguments), colored, "{arguments:?}, {is_terminal}");
        }
    }
    assert_eq!(plain().run(&["status", "--color", "pink"]).code, Some(2));
}

#[test]
fn json_has_no_colors_and_is_one_line_on_a_terminal_too() {
    let home = Home::new();
    for arguments in [&["status", "--json"][..], &["features", "--json"]] {
        let shown = command(&home).on_terminal(40, &[arguments, &["--color=always"]].concat()).text;
        let _: serde_json::Value = serde_json::from_str(&shown).expect("one JSON object");
        assert_eq!(shown.lines().count(), 1, "{shown}");
    }
}

/// Runs the command with this standard output; the first is what it printed to standard error.
fn with_output(home: &Home, stdout: impl Into<Stdio>, arguments: &[&str]) -> (String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guardrails_command"));
    let command = command.args(arguments).env_clear().env("HOME", home.path()).env("NEXTEST", "1");
    let command = command.current_dir(home.path()).stdout(stdout).stderr(Stdio::piped());
    let output = command.spawn().and_then(Child::wait_with_output).expect("the command starts");
    (String::from_utf8(output.stderr).expect("it is text"), output.status.code())
}

/// Every subcommand that ends by itself, with each kind of output that it has.
const ALL: [&str; 29] = [
    "-h",
    "--version",
    "help audit",
    "inspect BOT",
    "inspect BOT --json",
    "inspect BOT --envelope",
    "inspect BOT --diff BOT",
    "inspect BOT --diff BOT --json",
    "features",
    "features --json",
    "status",
    "status --json",
    "disable",
    "disable --json",
    "report BOT",
    "report BOT --json",
    "enable",
    "enable --json",
    "audit",
    "audit --json",
    "audit --verify",
    "audit --verify --json",
    "schema",
    "schema --markdown",
    "schema --write schema.json",
    "schema --check schema.json --json",
    "schema --diff schema.json",
    "new-event --all --from schema.json",
    "completions bash",
];

/// As `nemo-telemetry features | head -1`: quiet, with the code that shells report for a program that `SIGPIPE` ends. A full disk is
/// an error.
#[test]
fn output_that_cannot_be_written_is_an_error_unless_its_reader_has_seen_enough() {
    let (server, home) = (Server::start(), Home::new());
    let bot = example("support_bot");
    let _ = command(&home).sending_to(server.url()).run(&["report", &bot]).checked();
    let _ = command(&home).run(&["schema", "--write", "schema.json"]).checked();
    for line in ALL {
        let line = line.replace("BOT", &bot);
        let arguments: Vec<&str> = line.split(' ').collect();
        let (reader, writer) = std::io::pipe().expect("there are descriptors");
        drop(reader);
        assert_eq!(with_output(&home, writer, &arguments), (String::new(), Some(141)), "{line}");
        let Ok(full) = std::fs::File::options().write(true).open("/dev/full") else { continue };
        let (errors, code) = with_output(&home, full, &arguments);
        assert!(errors.starts_with("error: cannot print: ") && code == Some(1), "{line}: {errors} {code:?}");
    }
}

/// As `nemo-telemetry audit --follow | head -1`, which would otherwise wait for one more event.
#[test]
fn following_the_log_ends_with_the_reader_of_the_output() {
    let home = Home::new();
    let (reader, writer) = std::io::pipe().expect("there are descriptors");
    let following = thread::spawn(move || with_output(&home, writer, &["audit", "--follow"]));
    thread::sleep(Duration::from_millis(300));
    assert!(!following.is_finished());
    drop(reader);
    assert_eq!(following.join().expect("the command ends"), (String::new(), Some(141)));
}

#[test]
fn on_and_off_are_words_for_enable_and_disable() {
    let home = Home::new();
    let _ = command(&home).run(&["off"]).checked();
    assert!(home.marker().is_file());
    let _ = command(&home).run(&["on"]).checked();
    assert!(!home.marker().exists());
    let help = text(&command(&home).run(&["--help"]).checked().lines);
    let squeezed = help.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(squeezed.contains("[alias: off]") && squeezed.contains("[alias: on]"), "{help}");
}

#[test]
fn work_of_more_than_a_second_shows_how_long_it_has_taken() {
    let (server, home) = (Server::answering([Answer::Hold]), Home::new());
    let report = || {
        command(&home).sending_to(server.url()).start_on_terminal(80, &["report", &example("support_bot")])
    };
    let mut terminal = report();
    terminal.wait_for("\rwaiting for the collector: ");
    server.release();
    let shown = terminal.finish().text;
    let (_, rest) = shown.rsplit_once("\rwaiting for the collector: ").expect(&shown);
    // The line is removed before the next one is printed.
    assert!(rest.contains(" s\r                            "), "{shown:?}");
    assert!(rest.contains("\rSent to "), "{shown:?}");
    let start = Instant::now();
    let text = report().finish().text;
    assert!(!text.contains("waiting") || start.elapsed() > Duration::from_secs(1), "{text}");
}

/// The text on the line after an interruption that `shown` ends with: nothing, and the cursor at its beginning.
fn assert_removed(shown: &str, line: &str) {
    let (_, rest) = shown.rsplit_once(line).expect(shown);
    let blanks = rest.strip_prefix('\r').and_then(|rest| rest.strip_suffix('\r')).expect(shown);
    // Those of the terminal's `^C` too.
    assert!(blanks.len() >= line.len() + 2 && blanks.trim_matches(' ').is_empty(), "{shown:?}");
}

#[test]
fn an_interrupt_removes_the_line_and_ends_the_program_as_it_does_without_the_line() {
    let (server, home) = (Server::answering([Answer::Hold]), Home::new());
    let line = "waiting for the collector: 1 s";
    let probe = command(&home).sending_to(server.url());
    let mut terminal = probe.start_on_terminal(80, &["report", &example("support_bot")]);
    terminal.wait_for(line);
    terminal.interrupt();
    let screen = terminal.finish();
    assert_eq!(screen.code, None, "the signal has ended it");
    assert_removed(&screen.text, line);
}

/// A program that a shell starts in the background of a script ignores interrupts, which are meant for others.
#[test]
fn an_interrupt_that_is_ignored_is_ignored_with_the_line_too() {
    let (server, home) = (Server::answering([Answer::Hold]), Home::new());
    let line = "trap '' INT; exec \"$0\" report \"$1\"";
    let probe = Probe::new("/bin/sh", &home).sending_to(server.url());
    let program = env!("CARGO_BIN_EXE_guardrails_command");
    let mut terminal = probe.start_on_terminal(80, &["-c", line, program, &example("support_bot")]);
    terminal.wait_for("waiting for the collector: 1 s");
    terminal.interrupt();
    // The thread that would end the program has this time.
    terminal.wait_for("waiting for the collector: 2 s");
    server.release();
    let screen = terminal.finish();
    assert_eq!(screen.code, Some(0), "{}", screen.text);
    assert!(screen.text.contains("\rSent to "), "{}", screen.text);
}

/// A schema file that arrives slowly takes as long as one that is large.
#[test]
fn reading_a_schema_file_shows_how_long_it_has_taken() {
    let home = Home::new();
    let _ = command(&home).run(&["schema", "--write", "schema.json"]).checked();
    let path = std::env::var("PATH").expect("it is set");
    let start = |until: &str, arguments: &str| {
        let line = format!("({until}; cat schema.json) | \"$0\" {arguments} /dev/stdin");
        let probe = Probe::new("/bin/sh", &home).env("PATH", &path);
        probe.start_on_terminal(80, &["-c", &line, env!("CARGO_BIN_EXE_guardrails_command")])
    };
    for (arguments, work, result) in [
        ("schema --check", "comparing the schemas", "/dev/stdin is current."),
        ("schema --diff", "comparing the schemas", "The same is sent as before."),
        ("new-event --all --from", "reading the schema file", "//! The events of `/dev/stdin`."),
    ] {
        let mut terminal = start("until rm go; do sleep 0.05; done 2> /dev/null", arguments);
        terminal.wait_for(&format!("\r{work}: "));
        std::fs::write(home.path().join("go"), "").expect("the home is ours");
        let shown = terminal.finish().text;
        let removed = format!(" s\r{}", " ".repeat(work.len()));
        assert!(shown.contains(&removed) && shown.contains(&format!("\r{result}")), "{shown:?}");
    }
    let shown = start("sleep 1.2", "schema --json --check").finish().text;
    assert!(shown.starts_with("{\"current\":true,"), "{shown:?}");
}
