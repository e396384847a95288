// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Configurations that are broken, huge or malicious: each gives an error that says where and why, soon.

#![allow(clippy::unwrap_used, reason = "test code fails by panicking")]

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use telemetry_guardrails::config::{ConfigError, ErrorKind, Limits, LoadOptions, RailsConfig};
use tempfile::TempDir;

/// A directory with one file `config.yml`.
fn with(text: impl AsRef<[u8]>) -> TempDir {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("config.yml"), text).unwrap();
    directory
}

fn refusal(text: impl AsRef<[u8]>) -> ConfigError {
    let directory = with(text);
    RailsConfig::from_path(directory.path()).unwrap_err()
}

fn loads(text: impl AsRef<[u8]>) {
    let directory = with(text);
    RailsConfig::from_path(directory.path()).unwrap();
}

/// Runs with a stack as small as threads of hosts have, and not for long.
fn soon_on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let started = Instant::now();
    std::thread::Builder::new().stack_size(512 << 10).spawn(work).unwrap().join().unwrap();
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
}

#[test]
fn errors_name_file_place_key_rule_and_remedy() {
    let error = refusal("models:\n  - type: main\n    engine: ~\n    model: m\n");
    assert_eq!((error.kind(), error.line(), error.column()), (ErrorKind::Value, Some(3), Some(13)));
    assert_eq!(error.key(), Some("models[0].engine"));
    assert_eq!(error.path().and_then(Path::file_name), Some("config.yml".as_ref()));
    let text = error.to_string();
    assert!(
        text.contains("config.yml:3:13: `models[0].engine` is null, but text is required\nhelp: "),
        "{text}"
    );
}

#[test]
fn every_refusal_says_what_to_do() {
    for (text, kind, line, words) in [
        ("", ErrorKind::Yaml, None, "is empty"),
        ("- a\n", ErrorKind::Yaml, None, "is a list"),
        ("a: [\n", ErrorKind::Yaml, Some(2), "is not valid YAML"),
        ("a:\tb\n", ErrorKind::Yaml, Some(1), "has a tab"),
        ("a: b\tc\n", ErrorKind::Yaml, Some(1), "has a tab"),
        ("a: 'b\tc'\nd: \t1 # e\n", ErrorKind::Yaml, Some(2), "has a tab"),
        ("a: 1\n---\nb: 2\n", ErrorKind::Yaml, Some(2), "second document"),
        ("a: !custom b\n", ErrorKind::Yaml, Some(1), "the tag `!custom` is unknown"),
        ("a: &x 1\nb: &x 2\n", ErrorKind::Yaml, Some(2), "the anchor `x` a second time"),
        ("a: &x [*x]\n", ErrorKind::Yaml, Some(1), "an alias of a value that contains it"),
        ("a: 2024-02-30\n", ErrorKind::Yaml, Some(1), "no such day"),
        ("a: \u{7}\n", ErrorKind::Yaml, Some(1), "U+0007"),
        ("models: {}\n", ErrorKind::Value, Some(1), "is a mapping, but a list is required"),
        ("models: []\ntracing: {enabled: maybe}\n", ErrorKind::Value, Some(2), "a boolean is required"),
        ("models: []\nrails: {config: {f5: {max_retries: -1}}}\n", ErrorKind::Value, Some(2), "at least 0"),
        (
            "models: []\nrails: {config: {gliner: {zzz: 1}}}\n",
            ErrorKind::Value,
            Some(2),
            "not a known setting",
        ),
        (
            "models: []\nrails: {config: {regex_detection: {input: {patterns: ['(']}}}}\n",
            ErrorKind::Value,
            Some(2),
            "invalid pattern: a `(` has no `)`",
        ),
        (
            "models: []\nrails: {output: {streaming: {true: 1}}}\n",
            ErrorKind::Value,
            Some(2),
            "has a boolean as a key",
        ),
        ("models: []\nuser_messages: {1: [a]}\n", ErrorKind::Value, Some(2), "has an integer as a key"),
        ("models: [{type: a, engine: b}]\n", ErrorKind::Rule, Some(1), "does not name its model"),
        (
            "models: []\nrails: {input: {flows: [self check input]}}\n",
            ErrorKind::Rule,
            Some(2),
            "`self_check_input`",
        ),
        (
            "models: []\nrails: {input: {flows: [a $model=b]}}\n",
            ErrorKind::Rule,
            Some(2),
            "the model type `b`",
        ),
        (
            "models: []\nrails: {output: {flows: [injection detection], streaming: {enabled: 'false'}}}\n",
            ErrorKind::Rule,
            Some(2),
            "rewrites the answer",
        ),
        ("models: []\nimport_paths: [nowhere]\n", ErrorKind::Import, Some(2), "imports `nowhere`"),
        (
            "models: [{type: a, engine: b, model: c, api_key_env_var: SURELY_NOT_SET_ANYWHERE}]\n",
            ErrorKind::Environment,
            Some(1),
            "`SURELY_NOT_SET_ANYWHERE`, which is not set",
        ),
    ] {
        let error = refusal(text);
        assert_eq!((error.kind(), error.line()), (kind, line), "{text:?}: {error}");
        assert!(error.to_string().contains(words), "{text:?}: {error}");
        assert!(!error.remedy().is_empty(), "{text:?}: {error}");
        assert!(!error.problem().ends_with('.'), "{error}");
    }
}

#[test]
fn paths_that_lead_to_no_configuration() {
    let directory = with("models: []\n");
    let at = |name: &str| RailsConfig::from_path(directory.path().join(name)).unwrap_err().kind();
    assert_eq!(at("missing"), ErrorKind::Path);
    assert_eq!(at("a,b"), ErrorKind::Path);
    assert_eq!(at("config.yml "), ErrorKind::Path);
    fs::write(directory.path().join("main.co"), "").unwrap();
    assert_eq!(at("main.co"), ErrorKind::Path);
    fs::create_dir(directory.path().join("empty")).unwrap();
    assert_eq!(at("empty"), ErrorKind::Value);
}

#[test]
fn files_that_are_not_utf_8_name_the_line() {
    let error = refusal(b"models: []\nx: \xff\n");
    assert_eq!((error.kind(), error.line()), (ErrorKind::Encoding, Some(2)));
}

#[test]
fn gigantic_files_are_refused_unread() {
    let directory = with("models: []\n");
    let file = fs::File::create(directory.path().join("big.yml")).unwrap();
    file.set_len(1 << 40).unwrap();
    let error = RailsConfig::from_path(directory.path()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit, "{error}");
}

#[test]
fn limits_hold() {
    let text = "models: []\na: &a {f: 1, g: 2}\nb: {c: {d: {<<: *a, e: *a}}}\nimport_paths: [core, llm]\n";
    let directory = with(text);
    fs::create_dir_all(directory.path().join("x/y")).unwrap();
    fs::write(directory.path().join("x/main.co"), "define flow a\n  b\n\ndefine flow b\n  c\n").unwrap();
    let load = |limits| RailsConfig::load(directory.path(), &LoadOptions::default().limits(limits)).map(drop);
    load(Limits::default()).unwrap();
    for limits in [
        Limits { file_bytes: 10, ..Limits::default() },
        Limits { total_bytes: 10, ..Limits::default() },
        Limits { files: 1, ..Limits::default() },
        Limits { directory_depth: 2, ..Limits::default() },
        Limits { yaml_values: 8, ..Limits::default() },
        Limits { yaml_depth: 3, ..Limits::default() },
        Limits { yaml_aliased_values: 3, ..Limits::default() },
        Limits { yaml_merged_pairs: 1, ..Limits::default() },
        Limits { imports: 1, ..Limits::default() },
        Limits { flows: 1, ..Limits::default() },
    ] {
        assert_eq!(load(limits).unwrap_err().kind(), ErrorKind::Limit, "{limits:?}");
    }
}

#[test]
fn depth_does_not_reach_the_stack() {
    soon_on_a_small_stack(|| {
        for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")] {
            let text = format!("models: []\nx:\n  {}1{}\n", open.repeat(20_000), close.repeat(20_000));
            assert!(matches!(refusal(text).kind(), ErrorKind::Limit | ErrorKind::Yaml));
        }
        // Each alias adds the depth of what it stands for.
        let mut text = String::from("models: []\na0: &a0 [1]\n");
        for level in 1..5_000 {
            text += &format!("a{level}: &a{level} [[[*a{}]]]\n", level - 1);
        }
        assert_eq!(refusal(text).kind(), ErrorKind::Limit);
        let text = format!(
            "models: []\nrails: {{config: {{regex_detection: {{input: {{patterns: ['{}']}}}}}}}}\n",
            "(".repeat(100_000)
        );
        assert_eq!(refusal(text).kind(), ErrorKind::Value);
    });
}

#[test]
fn aliases_and_merge_keys_do_not_multiply() {
    soon_on_a_small_stack(|| {
        let mut text = String::from("models: []\na0: &a0 [1, 2]\n");
        for level in 1..60 {
            text += &format!("a{level}: &a{level} [*a{0}, *a{0}]\n", level - 1);
        }
        let error = refusal(&text);
        assert_eq!(error.kind(), ErrorKind::Limit, "{error}");
        // Each of the lists is short, and so is the one of the aliases; only together they are much to check.
        let texts = "x, ".repeat(50_000);
        let again = "*texts, ".repeat(50_000);
        let error = refusal(format!("models: []\nuser_messages: {{a: &texts [{texts}]}}\nx: [{again}]\n"));
        assert_eq!(error.kind(), ErrorKind::Limit, "{error}");
        let anchors: String = (0..60_000).map(|number| format!("&a{number} x, ")).collect();
        let error = refusal(format!("models: []\nx: [{anchors}]\n"));
        assert!(error.to_string().contains("more than 50000 anchors"), "{error}");
        loads(format!("models: []\nx: &x [a, b]\ny: [{}]\n", "*x, ".repeat(100_000)));
        let pairs: String = (0..2_000).map(|key| format!("  k{key}: 1\n")).collect();
        let merges: String = (0..2_000).map(|key| format!("m{key}: {{<<: *base}}\n")).collect();
        let error = refusal(format!("models: []\nbase: &base\n{pairs}{merges}"));
        assert_eq!(error.kind(), ErrorKind::Limit, "{error}");
    });
}

#[cfg(unix)]
#[test]
fn what_is_not_a_regular_file_is_not_waited_for() {
    use std::os::unix::fs::symlink;

    let directory = with("models: []\n");
    let fifo = directory.path().join("x.yml");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status();
    if made.is_ok_and(|status| status.success()) {
        let error = RailsConfig::from_path(directory.path()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Io, "{error}");
        fs::remove_file(&fifo).unwrap();
    }
    symlink("/dev/zero", directory.path().join("zero.co")).unwrap();
    let error = RailsConfig::from_path(directory.path()).unwrap_err();
    assert!(error.to_string().contains("is not a regular file"), "{error}");
    fs::remove_file(directory.path().join("zero.co")).unwrap();
    symlink("nowhere", directory.path().join("readme.txt")).unwrap();
    RailsConfig::from_path(directory.path()).unwrap();
    symlink("nowhere", directory.path().join("gone.yml")).unwrap();
    assert_eq!(RailsConfig::from_path(directory.path()).unwrap_err().kind(), ErrorKind::Io);
}

#[cfg(unix)]
#[test]
fn symbolic_links_neither_circle_nor_multiply() {
    use std::os::unix::fs::symlink;

    let directory = with("models: []\n");
    fs::create_dir(directory.path().join("a")).unwrap();
    symlink("..", directory.path().join("a/up")).unwrap();
    let error = RailsConfig::from_path(directory.path()).unwrap_err();
    assert!(error.to_string().contains("leads back to"), "{error}");

    let directory = with("models: []\n");
    for level in 0..30 {
        let below = directory.path().join(format!("d{level}"));
        fs::create_dir(&below).unwrap();
        for name in ["x", "y"] {
            symlink(format!("../d{}", level + 1), below.join(name)).unwrap();
        }
    }
    fs::create_dir(directory.path().join("d30")).unwrap();
    soon_on_a_small_stack(move || {
        let error = RailsConfig::from_path(directory.path()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Limit, "{error}");
    });
}

/// Directories side by side, deep down: what each keeps about those above it must not add up.
#[test]
fn deep_and_wide_trees_take_little_memory() {
    let directory = with("models: []\n");
    let deep: std::path::PathBuf = std::iter::repeat_n("a-directory-with-a-name", 60).collect();
    for number in 0..5_000 {
        fs::create_dir_all(directory.path().join(&deep).join(number.to_string())).unwrap();
    }
    soon_on_a_small_stack(move || {
        RailsConfig::from_path(directory.path()).unwrap();
        let below = directory.path().join(&deep);
        for number in 0..10_000 {
            fs::write(below.join(format!("{number}-{}", "x".repeat(150))), "").unwrap();
        }
        let error = RailsConfig::from_path(directory.path()).unwrap_err();
        assert!(error.to_string().contains("the paths of all files over"), "{error}");
    });
}

#[test]
fn patterns_are_not_tried_for_ever() {
    let directory = with("models: []\n");
    let pattern = format!("*{}b\n", "a".repeat(126));
    fs::write(directory.path().join(".railsignore"), pattern.repeat(500)).unwrap();
    for number in 0..200 {
        fs::write(directory.path().join(format!("{}{number}", "a".repeat(250))), "").unwrap();
    }
    let error = RailsConfig::from_path(directory.path()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit, "{error}");
    assert!(error.to_string().contains("pattern of `.railsignore`"), "{error}");
}

/// Files that the kernel makes up are regular files without a size; reading `/proc/kmsg` waits for news.
#[cfg(target_os = "linux")]
#[test]
fn files_of_the_kernel_are_not_waited_for() {
    let directory = with("models: []\n");
    std::os::unix::fs::symlink("/proc/kmsg", directory.path().join("x.yml")).unwrap();
    let error = RailsConfig::from_path(directory.path()).unwrap_err();
    assert!(error.to_string().contains("is empty"), "{error}");
}

#[test]
fn nothing_is_quadratic() {
    soon_on_a_small_stack(|| {
        let many = |count: usize, item: fn(usize) -> String| (0..count).map(item).collect::<String>();
        let flow = |flow: &str| format!("models: []\nrails: {{input: {{flows: ['{flow}']}}}}\n");
        let parameters = many(100_000, |number| format!(" $p{number}=x"));
        assert_eq!(refusal(flow(&format!("a{parameters} $model=x"))).kind(), ErrorKind::Rule);
        let signs = format!("colang_version: '2.x'\n{}", flow(&format!("a {}", "-".repeat(200_000))));
        assert_eq!(refusal(signs).kind(), ErrorKind::Rule);
        let imports = many(100_000, |number| format!("  - nowhere{number}\n"));
        assert_eq!(refusal(format!("models: []\nimport_paths:\n{imports}")).kind(), ErrorKind::Import);
        let models = many(20_000, |number| format!("  - {{type: t{number}, engine: e, model: m}}\n"));
        let flows = many(20_000, |number| format!("      - a $model=t{number}\n"));
        loads(format!("models:\n{models}rails:\n  output:\n    flows:\n{flows}"));
        let digits = "1".repeat(200_000);
        loads(format!(
            "models: []\nrails: {{config: {{regex_detection: {{input: {{patterns: ['a{{{digits}']}}}}}}}}\n"
        ));
        let private: String = ('\u{e000}'..='\u{f8ff}').collect();
        loads(format!("models: []\na: {}\nb: {private}\u{feff}\n", "x".repeat(1 << 20)));
        let directory = with("models: []\n");
        fs::write(directory.path().join(".railsignore"), "*a".repeat(1 << 20)).unwrap();
        assert_eq!(RailsConfig::from_path(directory.path()).unwrap_err().kind(), ErrorKind::Limit);
    });
}

#[test]
fn large_configurations_load_soon() {
    soon_on_a_small_stack(|| {
        let directory = with("models: []\n");
        for file in 0..1_000 {
            let text: String =
                (0..100).map(|flow| format!("define flow f{flow}\n  user x\n  bot y\n\n")).collect();
            fs::write(directory.path().join(format!("{file}.co")), text).unwrap();
        }
        let config = RailsConfig::from_path(directory.path()).unwrap();
        assert_eq!(config.num_custom_flows(), 100_000);
        let flows: String = (0..100_000).map(|flow| format!("      - check number {flow}\n")).collect();
        loads(format!("models: []\nrails:\n  input:\n    flows:\n{flows}"));
    });
}

/// A small source of chance with a seed, so that a failure can be repeated.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from.get(self.below(from.len())).unwrap()
    }
}

#[test]
fn no_text_makes_it_panic() {
    const PIECES: &[&str] = &[
        "models:",
        " []",
        "\n",
        "  ",
        "- ",
        "type: main",
        "engine: e",
        "model: m",
        "rails:",
        "input:",
        "output:",
        "config:",
        "flows:",
        "[",
        "]",
        "{",
        "}",
        ",",
        ": ",
        ":",
        "#",
        " #",
        "'",
        "\"",
        "|",
        ">",
        "&a ",
        "*a",
        "<<: ",
        "!!int ",
        "!",
        "? ",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "\t",
        "\r\n",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "é",
        "😀",
        "regex_detection:",
        "patterns: ['",
        "(?<=",
        "(?P<n>",
        "\\",
        "1:30",
        "0x",
        "1e5",
        "2024-01-01",
        "self check input $",
        "colang_version: '2.x'",
        "import_paths: [core]",
        "docs:",
        "=",
        "~",
        "x $model=",
        "(",
        ")",
    ];
    const COLANG: &[&str] = &[
        "define ",
        "def ",
        "flow ",
        "subflow ",
        "user ",
        "bot ",
        "extension ",
        "\n",
        "  ",
        "\"",
        "\"\"\"",
        "'''",
        "#",
        "\\",
        " or",
        ":",
        "import ",
        "core",
        ".",
        "a",
        "é",
        "\t",
        "@active",
        "$x",
        "(",
        "->",
        "\u{feff}",
        "...",
    ];
    let mut chance = Chance(0x5eed);
    let directory = TempDir::new().unwrap();
    for _ in 0..400 {
        let yaml: String = (0..chance.below(30)).map(|_| chance.pick(PIECES)).collect();
        let colang: String = (0..chance.below(30)).map(|_| chance.pick(COLANG)).collect();
        fs::write(directory.path().join("config.yml"), format!("models: []\n{yaml}")).unwrap();
        fs::write(directory.path().join("main.co"), colang).unwrap();
        if let Err(error) = RailsConfig::from_path(directory.path()) {
            assert!(!error.to_string().is_empty());
        }
    }
}
