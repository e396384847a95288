// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Runs the command.

mod environment;
mod limits;
mod names;
mod offspring;
mod products;
mod reports;

pub(crate) fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [command, arguments @ ..] = arguments.as_slice() else { panic!("what am I to do?") };
    let number = |index: usize| arguments.get(index).and_then(|text| text.parse().ok()).unwrap_or(0);
    match command.as_str() {
        "flood" => reports::flood(number(0), number(1)),
        "batches" => reports::batches(number(0)),
        "audit" => reports::audited_at(arguments.first().expect("a path")),
        "few-files" => reports::limited(|| limits::open_files(number(0).into())),
        "small-files" => reports::limited(|| limits::file_size(number(0).into())),
        "storm" => offspring::storm(number(0), number(1)),
        "awaited" => offspring::awaited(number(0)),
        "raw-clone" => offspring::raw_clone(0),
        "raw-clone-namespace" => offspring::raw_clone(libc::CLONE_NEWPID),
        "hanging-names" => names::hang(),
        "two-steps" => environment::two_steps(),
        "changing-environment" => environment::children(number(0)),
        "write" => reports::write(),
        _ => panic!("there is no command `{command}`"),
    }
}
