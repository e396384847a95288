// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Mistakes in manifests, and manifests that are written and read again.

mod mistakes;

use super::*;

/// A manifest with each key.
pub(crate) const EVERYTHING: &str = r#"# Everything.

[[scenario]]
name = "a"
command = ["shop", "3 \"x\""]
input = ["one", "two\nlines"]
env = { CI = "true", "odd name" = "\u0007é" }
files = { ".config/shop/do_not_track" = "" }
respond = [503, 429]
exit_code = 2
stop_when_met = true
timeout = "90s"
settle = "50ms"
sessions = { at_least = 1, at_most = 3 }
order = ["login", "order"]
timestamps = "increasing"
audit = "equal"

[[scenario.event]]
name = "order"
at_least = 0
increasing = ["/uptimeS", "/a/0"]

[scenario.event.where]
kind = { one_of = ["a", 1] }

[scenario.event.envelope]
clientVer = "1.0"

[scenario.event.fields]
"/a/0" = { min = 0, max = 2.5 }
"odd name" = { absent = true }
list = [1, "b", [true]]
object = { equal = { x = 1.5 } }
text = { present = true }

[[scenario]]
name = "b"
silent = "1s"
may_write = [".cache/shop", ".history"]
audit = "absent"
"#;

fn error(text: &str) -> String {
    Manifest::parse(text).unwrap_err().to_string()
}

#[test]
fn what_is_written_is_read_as_the_same() {
    let manifest = Manifest::parse(EVERYTHING).unwrap();
    let written = manifest.to_toml();
    assert_eq!(Manifest::parse(&written).unwrap(), manifest, "{written}");
    assert_eq!(Manifest::parse(&written).unwrap().to_toml(), written);
    let [a, b] = manifest.scenarios() else { panic!("{manifest:?}") };
    assert_eq!((a.name(), a.command()[1].as_str(), b.silent().unwrap().as_secs()), ("a", "3 \"x\"", 1));
    assert_eq!(manifest.scenario("b"), Some(b));
    assert!(written.starts_with("# Everything.\n\n[[scenario]]\n"), "{written}");
}

#[test]
fn all_mistakes_are_reported_in_the_order_of_the_file_and_disturb_no_terminal() {
    let error = error("timeout = 1\n\"\\u001b[2J\" = 2\n[[event]]\nnaem = \"a\"\n");
    let lines: Vec<&str> = error.lines().filter(|line| line.starts_with("manifest:")).collect();
    assert_eq!(lines.len(), 3, "{error}");
    assert!(lines.is_sorted() && !error.contains('\u{1b}'), "{error}");
}

#[test]
fn a_file_is_named_in_its_errors() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("expect.toml");
    let missing = Manifest::read(&file).unwrap_err().to_string();
    assert!(missing.starts_with("cannot read ") && missing.contains("\nhelp: check the path"), "{missing}");
    std::fs::write(&file, "x = 1").unwrap();
    let error = Manifest::read(&file).unwrap_err().to_string();
    assert!(error.starts_with(&format!("{}:1:1: unknown key `x`", file.display())), "{error}");
    for (bytes, expected) in [
        (
            " ".repeat(LARGEST as usize + 1).as_bytes(),
            ":1:1: the manifest has more than 1 MiB\nhelp: split the scenarios into several files",
        ),
        (b"# \xc3\xa9\r\nx = \xff", ":2:5: not UTF-8\nhelp: save the file as UTF-8"),
        (b"\r\n\r\nx = 1\r\n", ":3:1: unknown key `x` of a scenario\nhelp: "),
        (b"\xef\xbb\xbfx = 1\r\n", ":1:1: unknown key `x` of a scenario\nhelp: "),
        (b"\xff\xfe[\0[\0", ":1:1: not UTF-8\nhelp: save the file as UTF-8"),
    ] {
        std::fs::write(&file, bytes).unwrap();
        let error = Manifest::read(&file).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{}{expected}", file.display())), "{error}");
    }
    let error = Manifest::read(directory.path()).unwrap_err().to_string();
    #[cfg(unix)]
    assert!(error.contains("\nhelp: write the path of a file"), "{error}");
    assert!(error.starts_with("cannot read "), "{error}");
    std::fs::write(&file, "\u{feff}sessions = 1\r\n").unwrap();
    assert_eq!(Manifest::read(&file).unwrap(), Manifest::parse("sessions = 1").unwrap());
}

#[test]
fn a_text_of_several_scenarios_is_not_one() {
    assert_eq!("[[scenario]]\nname = \"a\"\n".parse::<Scenario>().unwrap().name(), "a");
    let error = EVERYTHING.parse::<Scenario>().unwrap_err().to_string();
    assert_eq!(error, "manifest:1:1: more than one scenario\nhelp: read it with `Manifest::parse`");
}

#[test]
fn a_manifest_full_of_mistakes_has_a_short_message() {
    let text: String = (0..2000).map(|number| format!("x{number} = 1\n")).collect();
    let error = error(&text);
    assert_eq!(error.matches("unknown key").count(), 20, "{error}");
    assert!(error.ends_with("\nnote: 1980 more mistakes"), "{error}");
}

#[test]
fn no_text_makes_the_reader_fail_in_another_way() {
    let mut text = EVERYTHING.to_owned();
    while let Some(last) = text.pop() {
        let _ = Manifest::parse(&text);
        let _ = Manifest::parse(&format!("{text}\u{1b}{last}"));
    }
    let _ = Manifest::parse(&format!("order = {}", "[".repeat(50_000)));
}
