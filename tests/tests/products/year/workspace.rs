// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A workspace of two crates with one schema file, which is changed and given to the compiler.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use telemetry_tests::cargo::scratch_cargo;
use telemetry_tests::compiler::{Refusal, check, refusals};

const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The shared schema file.
pub(crate) const SCHEMA: &str = "schemas/product.json";
/// The crate with the product, its vocabulary and three events that use it.
pub(crate) const SHOP: &str = "crates/shop/src/lib.rs";
/// The crate with one more event.
pub(crate) const TILL: &str = "crates/till/src/lib.rs";

/// What the compiler is to say: where, on which token, and a part of the message.
pub(crate) type Expected<'a> = (&'a str, &'a str, &'a str);

pub(crate) struct Workspace {
    directory: tempfile::TempDir,
}

impl Workspace {
    /// A new workspace, whose crates have a version that those of no other test have.
    pub(crate) fn new(version: &str) -> Self {
        let workspace = Self { directory: tempfile::tempdir().unwrap() };
        workspace.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n");
        let core = format!(
            "telemetry-core = {{ version = \"0.1\", path = {:?}, default-features = false }}",
            package("telemetry-core")
        );
        workspace.write("crates/shop/Cargo.toml", &manifest("shop", version, &core));
        let shop = format!("shop = {{ version = {version:?}, path = \"../shop\" }}");
        workspace.write("crates/till/Cargo.toml", &manifest("till", version, &format!("{core}\n{shop}")));
        workspace.write(SCHEMA, include_str!("product.json"));
        workspace.write(SHOP, include_str!("shop.rs.txt"));
        workspace.write(TILL, include_str!("till.rs.txt"));
        // The versions of the repository, which are there.
        fs::copy(package("Cargo.lock"), workspace.path("Cargo.lock")).unwrap();
        workspace
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.directory.path().join(file)
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Writes `new` for `old`, which is there once.
    pub(crate) fn edit(&self, file: &str, old: &str, new: &str) {
        let text = self.read(file);
        assert_eq!(text.matches(old).count(), 1, "{file} has to have this once:\n{old}\n\n{text}");
        self.write(file, &text.replace(old, new));
    }

    /// What the compiler says to all crates.
    fn check(&self) -> (bool, Vec<Refusal>, String) {
        let output = check(self.directory.path());
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.success(), refusals(&output), stderr)
    }

    pub(crate) fn assert_green(&self, step: &str) {
        let (succeeds, refusals, stderr) = self.check();
        assert!(succeeds && refusals.is_empty(), "{step}: {refusals:#?}\n{stderr}");
    }

    /// Each error is expected, and no other comes with it.
    pub(crate) fn assert_refused(&self, step: &str, expected: &[Expected]) {
        let (succeeds, refusals, stderr) = self.check();
        assert!(!succeeds, "{step}: it compiles\n{stderr}");
        assert_eq!(refusals.len(), expected.len(), "{step}: {refusals:#?}\n{stderr}");
        for (file, token, message) in expected {
            let is_it = |refusal: &&Refusal| {
                refusal.files == [*file] && refusal.tokens == [*token] && refusal.message.contains(message)
            };
            assert!(refusals.iter().any(|refusal| is_it(&refusal)), "{step}: {token}: {refusals:#?}");
        }
    }

    /// `cargo package` of the crate `shop`, whose dependencies of this repository are taken from there.
    pub(crate) fn package(&self) -> Output {
        let mut command = scratch_cargo(self.directory.path());
        command.args(["package", "--allow-dirty", "--package", "shop"]);
        for name in ["telemetry-core", "telemetry-derive", "telemetry-expect", "telemetry-schema"] {
            command.arg("--config").arg(format!("patch.crates-io.{name}.path = {:?}", package(name)));
        }
        command.output().unwrap()
    }
}

/// A file of the repository, as an absolute path.
fn package(name: &str) -> PathBuf {
    fs::canonicalize(Path::new(REPOSITORY).join(name)).unwrap()
}

fn manifest(name: &str, version: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = {version:?}\nedition = \"2024\"\nlicense = \"Apache-2.0\"\n\
         description = \"A crate of a product.\"\n\n[dependencies]\n{dependencies}\n"
    )
}
