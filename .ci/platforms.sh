# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
# The part of `.ci/run` that checks other platforms and the oldest compiler; it sources this file. Targets and tools that are not
# available are listed at the end of the run.
platforms=(aarch64-unknown-linux-gnu armv7-unknown-linux-gnueabihf aarch64-linux-android x86_64-unknown-linux-musl
    x86_64-unknown-freebsd x86_64-pc-windows-gnu x86_64-pc-windows-msvc aarch64-apple-darwin wasm32-wasip1)
oldest_rust=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)

# Prints the C compiler for a platform, as the crate `cc` chooses it. A dependency of the feature `http` needs it.
c_compiler() {
    local chosen=CC_${1//-/_}
    case $1 in
    aarch64-unknown-linux-gnu) echo "${!chosen:-aarch64-linux-gnu-gcc}" ;;
    armv7-unknown-linux-gnueabihf) echo "${!chosen:-arm-linux-gnueabihf-gcc}" ;;
    x86_64-unknown-linux-musl) echo "${!chosen:-musl-gcc}" ;;
    x86_64-pc-windows-gnu) echo "${!chosen:-x86_64-w64-mingw32-gcc}" ;;
    x86_64-pc-windows-msvc) echo "${!chosen:-cl.exe}" ;;
    *) echo "${!chosen:-$1-clang}" ;;
    esac
}

# Checks all platforms in one call of cargo, so that macros and build scripts are compiled once and both cores are busy.
check_platforms() {
    local platform compiler features all=() with_compiler=()
    local -x CARGO_INCREMENTAL=0 # in the gate nothing is compiled a second time
    for platform in "${platforms[@]}"; do
        rustup target add "$platform" || { missing "$platform" "its standard library cannot be had here"; continue; }
        all+=(--target "$platform")
        compiler=$(c_compiler "$platform")
        if [ "$platform" = wasm32-wasip1 ]; then
            missing "$platform with http" "it has no sockets"
        elif command -v "$compiler"; then
            with_compiler+=(--target "$platform")
        else
            missing "$platform with http" "there is no C compiler $compiler"
        fi
    done
    [ "${#all[@]}" != 0 ] || return 0
    for features in "" uuid client client,testing describe,inventory; do
        step cargo clippy --quiet --package telemetry-core --no-default-features --features "$features" "${all[@]}" -- -D warnings
    done
    step cargo clippy --quiet --package telemetry-cli --package telemetry-guardrails --no-default-features \
        --features telemetry-guardrails/cli "${all[@]}" -- -D warnings
    [ "${#with_compiler[@]}" != 0 ] || return 0
    step cargo clippy --quiet --package telemetry-core --package telemetry-cli --package telemetry-guardrails \
        --features telemetry-core/testing,telemetry-guardrails/cli "${with_compiler[@]}" -- -D warnings
}

# Runs the unit tests with the oldest supported compiler. Compiler messages are not compared, since they differ between releases.
check_oldest_rust() {
    rustup toolchain install "$oldest_rust" --profile minimal --no-self-update ||
        { missing "Rust $oldest_rust" "this toolchain cannot be had here"; return 0; }
    step cargo "+$oldest_rust" test --quiet --target-dir "$target/rust-$oldest_rust" --config profile.dev.debug=false --lib \
        --package telemetry-core --package telemetry-cli --package telemetry-guardrails \
        --features telemetry-core/testing,telemetry-guardrails/cli
}
