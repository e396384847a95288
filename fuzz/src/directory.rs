// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Decodes a directory from bytes.
//!
//! Entries end with the byte `0xFF`, and `0xFE` separates a name from its content. Neither occurs in UTF-8. With separators instead
//! of lengths, a mutation that adds or removes bytes changes only one entry. The first byte of an entry is its kind: `d` for a
//! directory, `l` for a symbolic link, whose content is the target, anything else for a file.
//!
//! No entry leaves the scratch directory: names have no `..`, no entry is created through a symbolic link, and a target has `..`
//! only at the start, at most as many as there are directories around the link.

use std::fs;
use std::path::{Component, Path, PathBuf};

const END: u8 = 0xff;
const SEPARATOR: u8 = 0xfe;
/// The maximum number of entries that are unpacked.
const MOST_ENTRIES: usize = 64;

/// Unpacks `bytes` below `root`, an existing empty directory. Entries that cannot be created are skipped.
pub fn unpack(bytes: &[u8], root: &Path) {
    for entry in bytes.split(|byte| *byte == END).take(MOST_ENTRIES) {
        let Some((kind, rest)) = entry.split_first() else { continue };
        let (name, content) = match rest.iter().position(|byte| *byte == SEPARATOR) {
            Some(at) => (&rest[..at], &rest[at + 1..]),
            None => (rest, &[][..]),
        };
        let Some(name) = name_inside(name) else { continue };
        let _ = create(*kind, root, &name, content);
    }
}

fn create(kind: u8, root: &Path, name: &Path, content: &[u8]) -> std::io::Result<()> {
    let above = root.join(name.parent().unwrap_or(Path::new("")));
    if name.components().nth(8).is_some() || goes_through_a_link(root, name) {
        return Ok(());
    }
    fs::create_dir_all(&above)?;
    let path = root.join(name);
    match kind {
        b'd' => fs::create_dir_all(path),
        b'l' => match target_inside(content, name.components().count() - 1) {
            Some(target) => std::os::unix::fs::symlink(target, path),
            None => Ok(()),
        },
        _ => fs::write(path, content),
    }
}

fn goes_through_a_link(root: &Path, name: &Path) -> bool {
    let is_link = |path: PathBuf| path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
    name.ancestors().filter(|above| *above != Path::new("")).any(|above| is_link(root.join(above)))
}

fn name_inside(name: &[u8]) -> Option<PathBuf> {
    let name = Path::new(std::str::from_utf8(name).ok()?);
    let inside = name.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    let name: PathBuf = name.components().filter(|part| matches!(part, Component::Normal(_))).collect();
    (inside && name != Path::new("")).then_some(name)
}

fn target_inside(target: &[u8], around: usize) -> Option<&Path> {
    let target = Path::new(std::str::from_utf8(target).ok()?);
    let mut parts = target.components().peekable();
    let mut up = 0;
    while parts.next_if_eq(&Component::ParentDir).is_some() {
        up += 1;
    }
    let inside = up <= around && parts.all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    (inside && target != Path::new("")).then_some(target)
}
