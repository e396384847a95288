// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Directories: links, pipes, devices and depth.

use std::fs;

#[cfg(unix)]
use guardrails_config::ErrorKind;
use guardrails_config::RailsConfig;

use crate::{soon_on_a_small_stack, with};

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

/// Files that the kernel makes up are regular files without a size; reading `/proc/kmsg` waits for news.
#[cfg(target_os = "linux")]
#[test]
fn files_of_the_kernel_are_not_waited_for() {
    let directory = with("models: []\n");
    std::os::unix::fs::symlink("/proc/kmsg", directory.path().join("x.yml")).unwrap();
    let error = RailsConfig::from_path(directory.path()).unwrap_err();
    assert!(error.to_string().contains("is empty"), "{error}");
}
