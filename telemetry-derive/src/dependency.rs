// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Checks whether the compiled crate can name the crate that generated paths start with.
//!
//! A macro cannot query the compiler, but it runs inside it: the command line of the process lists the dependencies.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::sync::{LazyLock, OnceLock};

use proc_macro2::Span;

use crate::attr::Present;
use crate::errors::Errors;
use crate::key::{Key, Place};

/// The command line of the compiler, if the macro runs in a compiler whose arguments list the dependencies.
static COMPILER: LazyLock<Option<CommandLine>> =
    LazyLock::new(|| CommandLine::read(std::env::args_os()).filter(|_| proc_macro::is_available()));

/// A crate that generated paths start with, but that the compiled crate cannot name.
pub(crate) struct Missing {
    /// The error, on the name of the macro.
    pub(crate) error: syn::Error,
    /// The path where it most likely is instead. Generated code uses it, to avoid follow-up errors.
    pub(crate) path: Option<String>,
}

/// Reports a missing crate for an attribute whose arguments are `present`.
pub(crate) fn check(krate: Key, place: Place, present: &Present, errors: &Errors) {
    if let Some(Missing { error, .. }) = missing(krate, place, || present.token(krate).is_some()) {
        errors.absorb(error);
    }
}

/// The crate that the key `krate` means by default, if it is missing and the item in `place` does not have that key.
pub(crate) fn missing(krate: Key, place: Place, is_given: impl FnOnce() -> bool) -> Option<Missing> {
    let name = krate.sample().split('"').nth(1)?.trim_start_matches("::");
    let compiler = COMPILER.as_ref().filter(|compiler| !compiler.can_name(name))?;
    if is_given() {
        return None;
    }
    let facade = compiler.facade(name);
    let (through, attribute) = (facade.unwrap_or("my_facade"), place.attribute());
    let message = format!(
        "this crate has no dependency called `{name}`\n\
         help: write `#[{attribute}(crate = \"::{through}::{name}\")]` if `{through}` exports it, or run `cargo add {}`",
        name.replace('_', "-")
    );
    let path = facade.map(|facade| format!("::{facade}::{name}"));
    Some(Missing { error: syn::Error::new(Span::call_site(), message), path })
}

/// The arguments of the compiler.
struct CommandLine {
    dependencies: Vec<Dependency>,
    /// The text of the crate's first file.
    root: String,
    /// The dependency that most likely re-exports the missing crate, computed at first use.
    facade: OnceLock<Option<usize>>,
}

/// `serde=/path/libserde.rlib`.
#[derive(Debug, PartialEq)]
struct Dependency {
    name: String,
    file: PathBuf,
}

impl CommandLine {
    /// `None` if the arguments are in a file (`@file`) or belong to another program, such as a language server.
    fn read(arguments: impl Iterator<Item = OsString>) -> Option<Self> {
        let text = |argument: OsString| argument.into_string().unwrap_or_default();
        let arguments: Vec<String> = arguments.map(text).collect();
        let dependencies = dependencies(&arguments);
        if dependencies.is_empty() || arguments.iter().any(|argument| argument.starts_with('@')) {
            return None;
        }
        let is_source = |file: &PathBuf| file.extension().is_some_and(|extension| extension == "rs");
        let root = arguments.iter().skip(1).map(PathBuf::from).find(is_source)?;
        Some(Self { dependencies, root: fs::read_to_string(root).ok()?, facade: OnceLock::new() })
    }

    /// Whether `::name` may exist: as a dependency, or as the name of an `extern crate` in the first file.
    fn can_name(&self, name: &str) -> bool {
        let extern_crate = |line: &str| line.contains("extern crate") && line.contains(name);
        self.dependencies.iter().any(|known| known.name == name) || self.root.lines().any(extern_crate)
    }

    /// The only dependency that itself depends on `name`, if there is exactly one.
    fn facade(&self, name: &str) -> Option<&str> {
        let uses = |dependency: &Dependency| {
            let bytes = fs::read(&dependency.file).unwrap_or_default();
            bytes.windows(name.len()).any(|window| window == name.as_bytes())
        };
        let find = || {
            let mut users =
                (0..self.dependencies.len()).filter(|index| self.dependencies.get(*index).is_some_and(uses));
            users.next().filter(|_| users.next().is_none())
        };
        let index = (*self.facade.get_or_init(find))?;
        self.dependencies.get(index).map(|dependency| dependency.name.as_str())
    }
}

/// The value of `--extern NAME` or `--extern=NAME`.
fn dependencies(arguments: &[String]) -> Vec<Dependency> {
    let mut rest = arguments.iter();
    let mut found = Vec::new();
    while let Some(argument) = rest.next() {
        let value = if argument == "--extern" {
            rest.next().map(String::as_str)
        } else {
            argument.strip_prefix("--extern=")
        };
        found.extend(value.map(Dependency::read));
    }
    found
}

impl Dependency {
    /// `serde` of `priv,noprelude:serde=/path`.
    fn read(value: &str) -> Self {
        let (name, file) = value.split_once('=').unwrap_or((value, ""));
        let name = name.rsplit_once(':').map_or(name, |(_, name)| name);
        Self { name: name.to_owned(), file: file.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/lib.rs");

    fn read(arguments: &[&str]) -> Option<CommandLine> {
        CommandLine::read(arguments.iter().map(OsString::from))
    }

    #[test]
    fn dependencies_are_listed_in_any_spelling() {
        let joined = "--extern=priv,noprelude:syn=C:\\syn.rlib";
        let line = ["rustc", ROOT, "--extern", "serde=/a=b/libserde.rlib", joined, "--extern", "proc_macro"];
        let line = read(&line).expect("it lists dependencies");
        let names: Vec<_> = line.dependencies.iter().map(|dependency| dependency.name.as_str()).collect();
        assert_eq!(names, ["serde", "syn", "proc_macro"]);
        let files = line.dependencies.iter().map(|dependency| dependency.file.to_str());
        assert_eq!(files.collect::<Vec<_>>(), [Some("/a=b/libserde.rlib"), Some("C:\\syn.rlib"), Some("")]);
        assert!(line.can_name("serde") && !line.can_name("telemetry_core"));
    }

    #[test]
    fn a_command_line_that_does_not_list_dependencies_says_nothing() {
        for arguments in [&["rustc", "@arguments"][..], &["proc-macro-server"], &["rustc", ROOT], &[]] {
            assert!(read(arguments).is_none(), "{arguments:?}");
        }
        assert!(read(&["rustc", ROOT, "--extern", "serde", "@more"]).is_none());
        assert!(read(&["rustc", "/nowhere/lib.rs", "--extern", "serde"]).is_none());
        assert!(read(&["rustc", ROOT, "--extern"]).is_none());
    }

    #[test]
    fn the_first_file_may_give_a_dependency_another_name() {
        let dependencies = vec![Dependency::read("sdk")];
        let root = "extern crate sdk as telemetry_core;".to_owned();
        let line = CommandLine { dependencies, root, facade: OnceLock::new() };
        assert!(line.can_name("telemetry_core") && !line.can_name("telemetry_guardrails"));
    }

    #[test]
    fn a_facade_is_the_only_dependency_that_uses_what_is_missing() {
        let facade = |files: &[&str]| {
            let value = |file: &&str| format!("{}={}/src/{file}", &file[..3], env!("CARGO_MANIFEST_DIR"));
            let dependencies = files.iter().map(|file| Dependency::read(&value(file))).collect();
            let line = CommandLine { dependencies, root: String::new(), facade: OnceLock::new() };
            line.facade("mod angles").map(str::to_owned)
        };
        assert_eq!(facade(&["key.rs", "lib.rs", "nothing.rs"]), Some("lib".into()));
        assert_eq!(facade(&["key.rs", "nothing.rs"]), None);
        assert_eq!(facade(&["lib.rs", "lib.rs"]), None);
    }
}
