// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Schema files of all kinds, and directories that cannot be written to.

use std::fs;

use crate::schema_files::product::Product;

/// The files in the directory of the schema file.
fn names(product: &Product) -> Vec<String> {
    let entries = fs::read_dir(product.home.path()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_is_not_a_schema_is_refused_by_all_with_its_place_and_stays() {
    let product = Product::new("helix");
    let deep = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
    let with_types = |types: &str| {
        format!(
            "{{\"schemaMeta\": {{\"schemaVersion\": \"1.0\"}}, \"definitions\": {{\"types\": {{{types}}}, \"events\": {{}}}}}}"
        )
    };
    for (text, expected) in [
        ("", "events.json:1:1: not JSON: expected a value"),
        ("{", "events.json:1:2: not JSON: expected `\"`"),
        (deep.as_str(), "more than 64 nested values"),
        ("[]", "events.json: `#` is not an object"),
        ("{\"a\": 1, \"a\": 2}", "`a` is here twice"),
        (
            &with_types(
                r##""A": {"$ref": "#/definitions/types/B"}, "B": {"$ref": "#/definitions/types/A"}"##,
            ),
            "refers back to",
        ),
        (&with_types(r##""A": {"$ref": "#/definitions/types/C"}"##), "which does not exist"),
        (&with_types(r#""A": {"type": "string", "pattern": "x"}"#), "is not a keyword that can be checked"),
    ] {
        product.put(text);
        for arguments in [["--check", "events.json"], ["--write", "events.json"], ["--diff", "events.json"]] {
            let outcome = product.schema(&arguments);
            assert_eq!((outcome.code, outcome.lines.len()), (Some(2), 0), "{arguments:?} {text:.80}");
            let errors = outcome.errors.join("\n");
            assert!(errors.contains(expected) && errors.contains("\nhelp: "), "{arguments:?}: {errors}");
        }
        assert_eq!(product.text(), text);
    }
    fs::write(product.path(), [0xff, 0xfe, 0]).unwrap();
    assert_eq!(product.check().code, Some(2));
    assert_eq!(product.write(&[]).code, Some(2));
}

#[test]
fn a_file_that_is_missing_is_created_and_one_that_cannot_be_read_is_not() {
    let product = Product::new("helix");
    let outcome = product.check();
    assert_eq!(outcome.code, Some(2));
    assert_eq!(outcome.errors[1], "help: write it with `--write events.json`");
    assert_eq!(product.write(&[]).checked().lines, ["Wrote events.json."]);
    assert!(product.text().ends_with("}\n"));
    let _ = product.check().checked();
    fs::remove_file(product.path()).unwrap();
    fs::create_dir(product.path()).unwrap();
    assert_ne!(product.write(&[]).code, Some(0));
    let outcome = product.schema(&["--write", "no/such dir/file.json"]);
    assert_eq!(outcome.code, Some(1));
    assert_eq!(
        outcome.errors,
        [
            "error: cannot write no/such dir/file.json: there is no directory `no/such dir`",
            "help: create it with `mkdir -p 'no/such dir'`"
        ]
    );
    assert_eq!(names(&product), ["events.json"]);
}

#[test]
fn a_huge_file_is_read_and_written_and_an_endless_one_is_refused() {
    let product = Product::new("helix");
    let mut schema = product.generated();
    let texts: Vec<String> = (0..20_000).map(|number| format!("text {number}")).collect();
    for number in 0..300 {
        schema["definitions"]["types"][format!("T{number}")] = serde_json::json!({"enum": texts[..60]});
    }
    schema["definitions"]["types"]["Long"] = serde_json::json!({"type": "string", "enum": texts});
    schema["schemaMeta"]["schemaVersion"] = serde_json::json!("0.1");
    product.put(&format!("{schema:#}"));
    let _ = product.write(&[]).checked();
    let _ = product.check().checked();
    if cfg!(target_os = "linux") {
        let outcome = product.schema(&["--check", "/dev/zero"]);
        assert_eq!(outcome.code, Some(2), "{:?}", outcome.errors);
    }
}

#[test]
fn marks_line_ends_indentation_and_the_end_of_the_file_stay() {
    let product = Product::new("agent_toolkit");
    let _ = product.write(&[]).checked();
    let current = product.text();
    for (mark, end, indent, last) in
        [("\u{feff}", "\r\n", "\t", ""), ("", "\n", "    ", "\n\n"), ("", "\r\n", "  ", "\r\n")]
    {
        let layout = |text: &str| {
            let lines = text.trim_end().lines().map(|line| {
                let depth = (line.len() - line.trim_start().len()) / 2;
                indent.repeat(depth) + line.trim_start()
            });
            format!("{mark}{}{last}", lines.collect::<Vec<_>>().join(end))
        };
        let old = current.replace("\"command\"", "\"part\"");
        assert_eq!(old.matches("\"part\"").count(), 2);
        product.put(&layout(&old));
        let _ = product.write(&["--remove", "nat_cli_command.part"]).checked();
        assert_eq!(product.text(), layout(&current));
    }
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &std::path::Path) -> u32 {
        path.metadata().unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn a_link_stays_and_its_file_is_replaced_with_its_mode() {
        let product = Product::new("helix");
        let real = product.home.path().join("shared/real.json");
        fs::create_dir(real.parent().unwrap()).unwrap();
        symlink("middle.json", product.path()).unwrap();
        symlink("shared/real.json", product.home.path().join("middle.json")).unwrap();
        let _ = product.write(&[]).checked();
        assert!(real.is_file(), "a link to a file that does not exist yet is followed");
        let outdated = fs::read_to_string(&real).unwrap().replace("\"1.10\"", "\"1.9\"");
        for wanted in [0o640, 0o444, 0o755] {
            fs::write(&real, &outdated).ok();
            fs::set_permissions(&real, fs::Permissions::from_mode(0o644)).unwrap();
            fs::write(&real, &outdated).unwrap();
            fs::set_permissions(&real, fs::Permissions::from_mode(wanted)).unwrap();
            assert_eq!(product.write(&[]).checked().lines, ["Wrote events.json."]);
            assert_eq!(mode(&real), wanted);
            assert!(product.path().symlink_metadata().unwrap().is_symlink());
        }
        assert_eq!(names(&product), ["events.json", "middle.json", "shared"]);
        assert_eq!(fs::read_dir(real.parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_circle_of_links_and_a_pipe_are_refused() {
        let product = Product::new("helix");
        symlink("events.json", product.path()).unwrap();
        assert_eq!(product.write(&[]).code, Some(2));
        assert_eq!(names(&product), ["events.json"]);
        fs::remove_file(product.path()).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(product.path()).status().unwrap().success());
        let outcome = product.write(&[]);
        assert_eq!(outcome.code, Some(1));
        assert!(outcome.errors[0].ends_with("it is not a regular file"), "{:?}", outcome.errors);
        assert_eq!(names(&product), ["events.json"]);
    }

    #[test]
    fn a_directory_that_cannot_be_written_to_keeps_the_old_file() {
        let product = Product::new("helix");
        let directory = product.home.path().join("locked");
        fs::create_dir(&directory).unwrap();
        let file = directory.join("events.json");
        let _ = product.schema(&["--write", "locked/events.json"]).checked();
        let outdated = fs::read_to_string(&file).unwrap().replace("\"1.10\"", "\"1.9\"");
        fs::write(&file, &outdated).unwrap();
        fs::set_permissions(&directory, fs::Permissions::from_mode(0o555)).unwrap();
        let is_root = fs::write(directory.join("probe"), "").is_ok();
        if is_root {
            fs::remove_file(directory.join("probe")).unwrap();
            telemetry_tests::skipped::skipped("root may write to every directory");
        } else {
            let outcome = product.schema(&["--write", "locked/events.json"]);
            assert_eq!(outcome.code, Some(1));
            assert!(outcome.errors[0].starts_with("error: cannot write locked/events.json: "), "{outcome:?}");
            assert!(outcome.errors[1].starts_with("help: "), "{outcome:?}");
            assert!(!outcome.errors.join("\n").contains(".tmp"), "{outcome:?}");
            assert_eq!(fs::read_to_string(&file).unwrap(), outdated);
            assert_eq!(fs::read_dir(&directory).unwrap().count(), 1);
        }
        fs::set_permissions(&directory, fs::Permissions::from_mode(0o755)).unwrap();
    }
}
