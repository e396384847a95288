# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
# The checks of other platforms and of the oldest compiler; `.ci/run` and `.ci/long` source this file. Targets and tools that are not
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

# Runs clippy for the platforms in `targets`, all in one call, so that macros and build scripts are compiled once and both cores are
# busy.
clippy_for_targets() {
    [ "${#targets[@]}" = 0 ] || CARGO_INCREMENTAL=0 step cargo clippy --quiet "$@" "${targets[@]/#/--target=}" -- -D warnings
}

# Checks the core with each of these sets of features on all platforms.
check_core() {
    local platform features targets=()
    for platform in "${platforms[@]}"; do
        rustup target add "$platform" && targets+=("$platform") || missing "$platform" "its standard library cannot be had here"
    done
    for features in "$@"; do
        clippy_for_targets --package telemetry-core --no-default-features --features "$features" || return
    done
}

# Checks the command on these platforms, with `http` where that compiles.
check_command() {
    local platform compiler targets=() without_http=()
    for platform in "$@"; do
        rustup target add "$platform" || continue # `check_core` reports it
        compiler=$(c_compiler "$platform")
        if [ "$platform" = wasm32-wasip1 ]; then
            missing "$platform with http" "it has no sockets"
        elif command -v "$compiler"; then
            targets+=("$platform")
            continue
        else
            missing "$platform with http" "there is no C compiler $compiler"
        fi
        without_http+=("$platform")
    done
    clippy_for_targets --package telemetry-core --package telemetry-cli --package telemetry-guardrails \
        --features telemetry-core/testing,telemetry-guardrails/cli || return
    targets=("${without_http[@]}")
    clippy_for_targets --package telemetry-cli --package telemetry-guardrails --no-default-features \
        --features telemetry-guardrails/cli
}

# In the gate: what differs most between platforms.
check_platforms() {
    check_core "" client
    check_command x86_64-pc-windows-gnu aarch64-apple-darwin
}

# In `.ci/long`: everything else.
check_every_platform() {
    check_core uuid client,testing describe,inventory && check_command "${platforms[@]}"
}

# Checks or tests the libraries with the oldest supported compiler. Compiler messages are not compared, since they differ between
# releases.
with_oldest_rust() {
    rustup toolchain install "$oldest_rust" --profile minimal --no-self-update ||
        { missing "Rust $oldest_rust" "this toolchain cannot be had here"; return 0; }
    step cargo "+$oldest_rust" "$1" --quiet --target-dir "$target/rust-$oldest_rust" --config profile.dev.debug=false --lib \
        --package telemetry-core --package telemetry-cli --package telemetry-guardrails \
        --features telemetry-core/testing,telemetry-guardrails/cli
}
