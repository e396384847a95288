// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The steps of `docs/ADD_AN_EVENT.md`, taken in a crate of their own: the commands print what the page shows, and the event is
//! delivered to a listener on loopback.
//!
//! Nothing is fetched: the crate takes the versions of this workspace's lock file.

#![cfg(unix)]

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::{env, fs};

use crate::steps::Step;
use telemetry_tests::cargo::{shared_build, target_directory};
use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::server::Server;

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The port on the page; the test takes a free one in its place.
const PORT: &str = "8787";

/// A directory with a checkout of the workspace in it, in which a reader works.
struct Reader {
    root: PathBuf,
    /// Where the reader is.
    directory: PathBuf,
    port: String,
    listener: Option<Listener>,
}

/// The command of the second terminal.
struct Listener {
    child: Child,
    output: BufReader<std::process::ChildStdout>,
    first_line: String,
    prints: Vec<String>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Reader {
    /// Outside of the workspace, of which cargo would make the crate a member, and at the same place in each run, so that
    /// cargo can use what it has built before.
    fn new() -> Self {
        let mut hasher = DefaultHasher::new();
        env!("CARGO_TARGET_TMPDIR").hash(&mut hasher);
        let root = env::temp_dir().join(format!("nemo-telemetry-add-an-event-{:x}", hasher.finish()));
        fs::remove_dir_all(&root).ok();
        fs::create_dir_all(root.join("home")).unwrap();
        std::os::unix::fs::symlink(fs::canonicalize(WORKSPACE).unwrap(), root.join("nemo-telemetry"))
            .unwrap();
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Self { directory: root.clone(), root, port: free.to_string(), listener: None }
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Write { path, text } => self.write(path, text),
            Step::Run(command) => self.run(&command.line, &self.expected(&command.prints)),
            Step::RunBeside(command) => self.run_beside(&command.line, self.expected(&command.prints)),
        }
    }

    fn expected(&self, prints: &[String]) -> Vec<String> {
        prints.iter().map(|line| line.replace(PORT, &self.port)).collect()
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.directory.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn run(&mut self, line: &str, prints: &[String]) {
        if let Some(directory) = line.strip_prefix("cd ") {
            self.directory.push(directory);
            // The versions of the workspace, which are there.
            fs::copy(Path::new(WORKSPACE).join("Cargo.lock"), self.directory.join("Cargo.lock")).unwrap();
            return;
        }
        let output = self.shell(line).output().unwrap();
        let (printed, errors) = texts(&output);
        assert!(output.status.success(), "`{line}` failed:\n{printed}{errors}");
        // The output of tests depends on the machine.
        if prints != ["…"] {
            assert_eq!(lines(&printed), prints, "`{line}` also said:\n{errors}");
        }
    }

    fn run_beside(&mut self, line: &str, prints: Vec<String>) {
        let mut child = self.shell(line).stdout(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut first_line = String::new();
        output.read_line(&mut first_line).unwrap();
        self.listener = Some(Listener { child, output, first_line, prints });
    }

    /// The second terminal, once its command has ended.
    fn check_second_terminal(&mut self) {
        let mut listener = self.listener.take().expect("there is a second terminal");
        let mut printed = listener.first_line.clone();
        listener.output.read_to_string(&mut printed).unwrap();
        assert!(listener.child.wait().unwrap().success(), "{printed}");
        assert_eq!(lines(&printed), listener.prints);
    }

    /// A shell where the reader is. It inherits what finds the tools, and no opt-outs.
    fn shell(&self, line: &str) -> Command {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(line.replace(PORT, &self.port)).current_dir(&self.directory).env_clear();
        let cargo_home = env::var_os("CARGO_HOME").map_or_else(|| in_home(".cargo"), PathBuf::from);
        let rustup_home = env::var_os("RUSTUP_HOME").map_or_else(|| in_home(".rustup"), PathBuf::from);
        for name in ["PATH", "RUSTUP_TOOLCHAIN", "CARGO_BUILD_JOBS", "CARGO_INCREMENTAL"] {
            shell.envs(env::var_os(name).map(|value| (name, value)));
        }
        shell
            .env("CARGO_HOME", cargo_home)
            .env("RUSTUP_HOME", rustup_home)
            .env("HOME", self.root.join("home"));
        shell.envs(shared_build()).env("CARGO_NET_OFFLINE", "true");
        shell
    }
}

fn in_home(directory: &str) -> PathBuf {
    env::home_dir().expect("there is a home directory").join(directory)
}

fn texts(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

/// Lines of output, in which every operation took no time, as on the page.
fn lines(output: &str) -> Vec<String> {
    let timeless = |line: &str| match line.split_once("\"durationMs\":") {
        Some((before, after)) => {
            format!("{before}\"durationMs\":0{}", after.trim_start_matches(|c: char| c.is_ascii_digit()))
        }
        None => line.to_owned(),
    };
    output.lines().map(timeless).collect()
}

#[test]
fn the_page_leads_from_nothing_to_a_delivered_event() {
    let page = fs::read_to_string(Path::new(WORKSPACE).join("docs/ADD_AN_EVENT.md")).unwrap();
    let steps = crate::steps::steps(&page, "From nothing to a delivered event");
    let written = steps.iter().filter(|step| matches!(step, Step::Write { .. })).count();
    assert_eq!((steps.len(), written), (15, 6), "{steps:#?}");
    let mut reader = Reader::new();
    steps.iter().for_each(|step| reader.take(step));
    reader.check_second_terminal();
    without_its_feature_nothing_of_the_product_is_in_the_program(&reader);
    tests_do_not_turn_the_client_on(&reader);
    a_program_without_telemetry_sends_nothing_whatever_another_crate_turns_on(&reader);
    crates_of_the_product_forward_its_feature(&mut reader, &page);
    a_struct_that_leaves_the_schema_does_not_compile(&reader);
    fs::remove_dir_all(&reader.root).unwrap();
}

/// What "checked against its schema" means: one bound less, and the crate is refused with the place in the file.
fn a_struct_that_leaves_the_schema_does_not_compile(reader: &Reader) {
    let schema = reader.directory.join("schemas/shop.json");
    let text = fs::read_to_string(&schema).unwrap();
    assert!(text.contains("\"maximum\": 1000"), "{text}");
    fs::write(&schema, text.replace("\"maximum\": 1000", "\"maximum\": 10")).unwrap();
    let (_, errors) = texts(&reader.shell("cargo check --quiet").output().unwrap());
    assert!(errors.contains("schemas/shop.json") && errors.contains("numArticles"), "{errors}");
}

/// Texts of this product and no other.
const TRACES: [&str; 5] =
    ["123456789012345", "shopSource", "SHOP_TELEMETRY_ENDPOINT", "durationMs", "numArticles"];

impl Reader {
    fn succeeds(&self, line: &str) -> String {
        let output = self.shell(line).output().unwrap();
        let (printed, errors) = texts(&output);
        assert!(output.status.success(), "`{line}` failed:\n{printed}{errors}");
        printed
    }

    /// Those traces of the product that are in the program `shop`, built with these arguments.
    fn traces(&self, arguments: &str) -> Vec<&'static str> {
        self.succeeds(&format!("cargo rustc --quiet --bin shop {arguments} -- --codegen strip=symbols"));
        let program = fs::read(target_directory().join("debug/shop")).unwrap();
        let program = String::from_utf8_lossy(&program).into_owned();
        TRACES.into_iter().filter(|text| program.contains(text)).collect()
    }
}

fn without_its_feature_nothing_of_the_product_is_in_the_program(reader: &Reader) {
    assert_eq!(reader.traces(""), TRACES, "the same search finds existing traces");
    assert_eq!(reader.traces("--no-default-features"), [""; 0]);
}

/// The features of the core, as Cargo lists them behind its name and version.
fn tests_do_not_turn_the_client_on(reader: &Reader) {
    let has_client = |arguments: &str| {
        let tree = reader.succeeds(&format!(
            "cargo tree --edges normal,dev --prefix none --format '{{p}} {{f}}' {arguments}"
        ));
        assert!(tree.contains("testing"), "the features of the tests are in: {tree}");
        let core = tree.lines().filter(|line| line.starts_with("telemetry-core "));
        core.flat_map(|line| line.split([' ', ','])).any(|feature| feature == "client")
    };
    assert!(has_client(""));
    assert!(!has_client("--no-default-features"));
}

/// Cargo unites features: with a crate in the program that asks for the core as it is, the whole client is there.
fn a_program_without_telemetry_sends_nothing_whatever_another_crate_turns_on(reader: &Reader) {
    reader.write("helper/src/lib.rs", "pub use telemetry_core::endpoint::Endpoint;\n");
    let package = "[package]\nname = \"helper\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    let core = "telemetry-core = { path = \"../../nemo-telemetry/telemetry-core\" }";
    reader.write("helper/Cargo.toml", &format!("{package}[dependencies]\n{core}\n"));
    reader.succeeds("cargo add --quiet helper --path helper");
    let tree = reader.succeeds("cargo tree --edges normal --prefix none --no-default-features");
    assert!(tree.contains("ureq"), "{tree}");
    assert_eq!(reader.traces("--no-default-features"), [""; 0]);

    let requests = |arguments: &str| {
        let (collector, home) = (Server::start(), Home::new());
        reader.succeeds(&format!("cargo build --quiet --bin shop {arguments}"));
        let program = target_directory().join("debug/shop");
        let program = Probe::new(program.to_str().unwrap(), &home);
        let ended = program.env("SHOP_TELEMETRY_ENDPOINT", collector.url()).run(&[]).checked();
        assert_eq!(ended.lines, ["Ok(15)", "Err(\"nothing to order\")"]);
        (collector.after_exit().len(), home.is_untouched())
    };
    assert_eq!(requests("--no-default-features"), (0, true));
    assert_eq!(requests(""), (2, false));
}

/// A program that depends on the product and on a second crate of it, and says whether there is telemetry.
const MALL: &str = r#"
fn main() {
    till::open();
    println!("{}", <shop::Shop as telemetry_core::Product>::COMPILED);
}
"#;

const MALL_MANIFEST: &str = r#"
[package]
name = "mall"
version = "0.1.0"
edition = "2024"

[features]
default = ["telemetry"]
telemetry = ["shop/telemetry", "till/telemetry"]

[dependencies]
shop = { path = "../shop", default-features = false }
till = { path = "../till", default-features = false }
telemetry-core = { path = "../nemo-telemetry/telemetry-core", default-features = false }
"#;

/// The section "A product of several crates": both outcomes, the crate that forgets to forward, and the variable of the build.
fn crates_of_the_product_forward_its_feature(reader: &mut Reader, page: &str) {
    let steps = crate::steps::steps(&page.replace("In `impl Product for Shop`:", "`COMPILED`"), SEVERAL);
    let [Step::Write { path, text: till }, Step::Write { text: compiled, .. }] = &steps[..] else {
        panic!("{steps:#?}")
    };
    let shop = std::mem::replace(&mut reader.directory, reader.root.clone());
    reader.write(path, till);
    reader.write("till/src/lib.rs", "/// Takes orders.\npub fn open() {\n    let _ = shop::order;\n}\n");
    reader.write("mall/Cargo.toml", MALL_MANIFEST);
    reader.write("mall/src/main.rs", MALL);
    reader.directory.push("mall");
    fs::copy(Path::new(WORKSPACE).join("Cargo.lock"), reader.directory.join("Cargo.lock")).unwrap();
    assert_eq!(reader.succeeds("cargo run --quiet"), "true\n");
    assert_eq!(reader.succeeds("cargo run --quiet --no-default-features"), "false\n");
    one_crate_that_asks_for_the_defaults_turns_it_on(reader, till);
    reader.directory = shop;
    the_one_who_builds_has_the_last_word(reader, compiled);
}

const SEVERAL: &str = "A product of several crates";

/// The feature of the product is united too, and cargo says by whom.
fn one_crate_that_asks_for_the_defaults_turns_it_on(reader: &Reader, till: &str) {
    let careless = till.replace(", default-features = false", "");
    assert_ne!(careless, till);
    reader.write("../till/Cargo.toml", &careless);
    assert_eq!(reader.succeeds("cargo run --quiet --no-default-features"), "true\n");
    let tree = reader.succeeds("cargo tree --no-default-features -e features -i shop");
    let (_, asks) = tree.split_once("shop feature \"default\"").expect(&tree);
    assert!(asks.lines().nth(1).is_some_and(|line| line.contains("till v0.1.0")), "{tree}");
}

/// With the careless crate still in the program.
fn the_one_who_builds_has_the_last_word(reader: &Reader, compiled: &str) {
    let product = fs::read_to_string(reader.directory.join("src/lib.rs")).unwrap();
    let by_feature = "    const COMPILED: bool = cfg!(feature = \"telemetry\");\n";
    assert!(product.contains(by_feature), "{product}");
    reader.write("src/lib.rs", &product.replace(by_feature, compiled));
    let run = "cargo run --quiet --no-default-features --manifest-path ../mall/Cargo.toml";
    assert_eq!(reader.succeeds(&format!("SHOP_BUILD_WITHOUT_TELEMETRY=1 {run}")), "false\n");
    assert_eq!(reader.succeeds(run), "true\n");
    reader.write("src/lib.rs", &product);
}
