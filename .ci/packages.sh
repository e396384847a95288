# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
# The part of `.ci/long` that tests the crates as they are published; it sources this file. They are unpacked into a separate
# workspace, where each depends on the packages of the others.
packages=(telemetry-schema telemetry-expect telemetry-derive telemetry-core telemetry-cli guardrails-config telemetry-guardrails)
package_version=$(sed -n '/^\[workspace.package\]/,/^$/s/^version = "\(.*\)"/\1/p' Cargo.toml)
unpacked=$target/packages

# Unpacks the crates without the lock file, so that they resolve as in the first build of an adopter.
unpack_packages() {
    local name
    cargo package --quiet --no-verify --allow-dirty "${packages[@]/#/--package=}" || return
    rm -rf "$unpacked" && mkdir -p "$unpacked" || return
    for name in "${packages[@]}"; do
        # All files of a package have the same old date, so cargo would not rebuild changed ones: -m sets the current date.
        tar -xzmf "$target/package/$name-$package_version.crate" -C "$unpacked" || return
        rm -f "$unpacked/$name-$package_version/Cargo.lock"
    done
    {
        printf '[workspace]\nresolver = "3"\nmembers = ["*-%s"]\n[patch.crates-io]\n' "$package_version"
        for name in "${packages[@]}"; do printf '%s = { path = "%s-%s" }\n' "$name" "$name" "$package_version"; done
    } >"$unpacked/Cargo.toml"
    add_core telemetry-schema
    add_core telemetry-derive --features client,testing
}

# Adds the core to a crate on which the core depends, for its examples. The manifest names the core by path alone, and cargo leaves such
# a dependency out of the package, which could otherwise not be published before the core.
add_core() {
    cargo add --quiet --manifest-path "$unpacked/$1-$package_version/Cargo.toml" --dev --path "$unpacked/telemetry-core-$package_version" \
        --no-default-features "${@:2}"
}

# Runs all tests and examples of each package, one package at a time, so that no other package turns on features that it needs.
test_packages() (
    local name
    local -x CARGO_TARGET_DIR=$target/packages-built
    cd "$unpacked" && cargo update --quiet || return
    for name in "${packages[@]}"; do
        step cargo test --quiet --all-features --package "$name" || return
        step cargo check --quiet --package "$name" || return
    done
)

# Tests with the oldest release of each direct dependency that the manifests allow. Resolving needs an option that only nightly has.
test_oldest_dependencies() (
    local name
    local -x CARGO_TARGET_DIR=$target/packages-built
    cd "$unpacked" && RUSTC_BOOTSTRAP=1 cargo update --quiet -Z direct-minimal-versions || return
    for name in "${packages[@]}"; do
        step cargo test --quiet --all-features --lib --package "$name" || return
    done
)
