// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A crate whose schema is outside of it is packaged: cargo's own verification fails, and the help text says how to go on.

use std::fs;

use crate::year::workspace::{SCHEMA, SHOP, Workspace};

const INSIDE: &str = "crates/shop/schemas/product.json";

/// The problem and the help text that name the ways out.
const PROBLEM: &str =
    "schema `../../schemas/product.json` is outside of the package, so `cargo package` has left it out";
const HELP: &str = "help: put a copy into the package, which the product's command `schema --check` compares, or a \
                    symbolic link, and write `schema = \"schemas/product.json\"`";

fn assert_packaged(workspace: &Workspace, step: &str) {
    workspace.assert_green(step);
    let output = workspace.package();
    assert!(output.status.success(), "{step}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_schema_outside_of_the_package_is_found_missing_when_it_is_packaged() {
    let workspace = Workspace::new("0.2.0");
    let output = workspace.package();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{errors}");
    assert!(errors.contains(PROBLEM) && errors.contains(HELP), "{errors}");
    assert_eq!(errors.matches(PROBLEM).count(), 1, "{errors}");

    let shop = workspace.read(SHOP);
    workspace.write(SHOP, &shop.replace("../../schemas/", "schemas/"));
    fs::create_dir_all(workspace.path("crates/shop/schemas")).unwrap();
    fs::copy(workspace.path(SCHEMA), workspace.path(INSIDE)).unwrap();
    assert_packaged(&workspace, "a copy in the package");

    #[cfg(unix)]
    {
        fs::remove_file(workspace.path(INSIDE)).unwrap();
        std::os::unix::fs::symlink("../../../schemas/product.json", workspace.path(INSIDE)).unwrap();
        assert_packaged(&workspace, "a symbolic link in the package");
        // It is watched through the link.
        workspace.edit(SCHEMA, "\"maximum\": 1000", "\"maximum\": 10");
        let range = "requires a number from 0 to 10";
        workspace.assert_refused("what the link leads to changes", &[(SHOP, "u32", range)]);
    }
}
