// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A name server that never answers, for this process alone.

use std::ffi::CString;
use std::fs;
use std::net::UdpSocket;
use std::path::Path;

use telemetry_core::Client;
use telemetry_tests::waiting::wait_until;

use super::products::{Plain, report};
use super::reports::say_stats;

/// Where the name server listens: an address of this machine that nothing else uses.
const SERVER: &str = "127.77.0.53";

pub(crate) fn hang() {
    let Ok(_silent) = UdpSocket::bind((SERVER, 53)) else { return println!("not allowed") };
    if !use_name_server() {
        return println!("not allowed");
    }
    let client = Client::<Plain>::builder().start();
    (0..3).for_each(|number| report(&client, number));
    let mut most = 0;
    wait_until(|| {
        most = most.max(lookups());
        client.stats().queued == 0
    });
    println!("{most}");
    say_stats(&client.stats());
}

/// Threads of this process that look a name up.
fn lookups() -> usize {
    let threads = fs::read_dir("/proc/self/task").expect("this is Linux").filter_map(Result::ok);
    let names = threads.filter_map(|thread| fs::read_to_string(thread.path().join("comm")).ok());
    names.filter(|name| name.starts_with("telemetry-looku")).count()
}

/// Puts another list of name servers in place, seen by this process only. Returns whether that is allowed.
#[allow(unsafe_code, reason = "mounting has no safe counterpart")]
fn use_name_server() -> bool {
    let list = Path::new("resolv.conf");
    fs::write(list, format!("nameserver {SERVER}\n")).expect("the home is ours");
    let text = |text: &str| CString::new(text).expect("no NUL");
    let (root, list, place) = (text("/"), text("resolv.conf"), text("/etc/resolv.conf"));
    let nothing = std::ptr::null();
    // SAFETY: all texts end with a NUL and outlive the calls; the other arguments may be null.
    unsafe {
        libc::unshare(libc::CLONE_NEWNS) == 0
            && libc::mount(nothing, root.as_ptr(), nothing, libc::MS_REC | libc::MS_PRIVATE, nothing.cast())
                == 0
            && libc::mount(list.as_ptr(), place.as_ptr(), nothing, libc::MS_BIND, nothing.cast()) == 0
    }
}
