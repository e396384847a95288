// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Which crates are published, where cargo puts their documentation, and how it is made.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::listing::Listing;

pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;

const PACKAGE: &str = env!("CARGO_MANIFEST_DIR");

/// Each warning is an error, the badges of features are written as on docs.rs, and the format is the one that programs read.
const RUSTDOC_FLAGS: &str = "-D warnings --cfg docsrs -Z unstable-options --output-format json";

/// Cargo's metadata of this workspace.
pub(crate) struct Workspace(Value);

impl Workspace {
    pub(crate) fn of_this_package() -> Result<Self> {
        let metadata = cargo().args(["metadata", "--no-deps", "--format-version=1"]).output()?;
        Ok(Self(serde_json::from_slice(&metadata.stdout)?))
    }

    /// Writes the documentation of all packages, as JSON.
    pub(crate) fn document(&self) -> Result<()> {
        let status = cargo()
            .args(["doc", "--workspace", "--all-features", "--no-deps"])
            .env("RUSTDOC", Path::new(PACKAGE).join("rustdoc.sh"))
            .env("RUSTDOCFLAGS", RUSTDOC_FLAGS)
            .status()?;
        if status.success() {
            Ok(())
        } else {
            Err("the documentation has warnings or does not compile".into())
        }
    }

    /// The listings of the crates that may be published.
    pub(crate) fn listings(&self) -> Result<Vec<Listing>> {
        let documentation = self.directory("target_directory").join("doc");
        self.published().map(|name| Listing::read(name, &documentation)).collect()
    }

    /// Where the listing of a crate is committed.
    pub(crate) fn place(&self, listing: &Listing) -> PathBuf {
        self.directory("workspace_root").join("docs/api").join(format!("{}.txt", listing.name))
    }

    fn published(&self) -> impl Iterator<Item = &str> {
        let packages = self.0.get("packages").and_then(Value::as_array).into_iter().flatten();
        packages
            .filter(|package| package.get("publish").is_some_and(Value::is_null))
            .filter_map(|package| text(package, "name"))
    }

    fn directory(&self, key: &str) -> PathBuf {
        PathBuf::from(text(&self.0, key).unwrap_or_default())
    }
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

/// The cargo that runs this program, in the workspace.
fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(PACKAGE);
    cargo
}
