// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads schema files, and replaces them atomically.

use std::fs::{File, read_link};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use telemetry_schema::__cli1::{Place, Problem, Schema};

use crate::message::{CommandError, escape_path};

/// The maximum size of a schema file, in bytes.
const LARGEST: u64 = 64 << 20;

/// The maximum length of a chain of symbolic links, as on Linux.
const MOST_LINKS: usize = 40;

/// The help for a file that exists and cannot be read.
pub(super) const UNREADABLE: &str = "check what is there and its permissions";

/// Reads a schema file. `help` is the help of the error if there is no file.
pub(crate) fn read_schema(file: &Path, help: &str) -> Result<Schema, CommandError> {
    read_text(file, help).and_then(|text| schema(&text, file))
}

/// Reads the text of a schema file. `help` is the help of the error if there is no file.
pub(crate) fn read_text(file: &Path, help: &str) -> Result<String, CommandError> {
    read(file).map_err(|error| {
        let help = if error.kind() == io::ErrorKind::NotFound { help } else { UNREADABLE };
        CommandError::BadInput(format!("cannot read {}: {error}\nhelp: {help}", escape_path(file)))
    })
}

fn read(file: &Path) -> io::Result<String> {
    let mut text = String::new();
    File::open(file)?.take(LARGEST + 1).read_to_string(&mut text)?;
    if text.len() as u64 > LARGEST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it has more than 64 MiB"));
    }
    Ok(text)
}

/// The schema in the text of `file`.
pub(crate) fn schema(text: &str, file: &Path) -> Result<Schema, CommandError> {
    Schema::read(text).map_err(|problem| bad_schema(file, &problem))
}

/// The error for a problem in the schema file `file`.
pub(super) fn bad_schema(file: &Path, Problem { place, problem, help }: &Problem) -> CommandError {
    let file = escape_path(file);
    CommandError::BadInput(match place {
        Place::Position(line, column) => format!("{file}:{line}:{column}: not JSON: {problem}\nhelp: {help}"),
        Place::Pointer(pointer) => format!("{file}: `{pointer}` {problem}\nhelp: {help}"),
    })
}

/// Writes the text to a device or a pipe, such as `/dev/stdout`, and replaces each other file.
#[cfg(feature = "collector")]
pub(super) fn write_or_replace(file: &Path, text: &str) -> io::Result<()> {
    let is_stream = |metadata: std::fs::Metadata| !metadata.is_file() && !metadata.is_dir();
    // What these names mean can also be a file, which a program still writes to.
    if file.starts_with("/dev") || file.metadata().is_ok_and(is_stream) {
        return File::options().append(true).open(file)?.write_all(text.as_bytes());
    }
    replace(file, text)
}

/// Replaces the file by one with this text, or creates it. After an error, the file has either the old text or the new text. A
/// symbolic link is kept, and its target is replaced. The new file has the permissions of the old one.
pub(super) fn replace(file: &Path, text: &str) -> io::Result<()> {
    let file = target(file)?;
    let old = match file.metadata() {
        Ok(metadata) if metadata.is_file() => Some(metadata.permissions()),
        Ok(_) => return Err(not_a_file()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let directory = file.parent().filter(|parent| !parent.as_os_str().is_empty());
    let mut new = beside(directory.unwrap_or(Path::new(".")))?;
    new.write_all(text.as_bytes())?;
    if let Some(permissions) = old {
        new.as_file().set_permissions(permissions)?;
    }
    new.as_file().sync_all()?;
    new.persist(&file).map(drop).map_err(|error| error.error)
}

pub(super) fn not_a_file() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file")
}

/// A file that is removed unless it replaces another one. It has the permissions of a new file under the user's umask. Its name is
/// not in the error, because the user did not choose it.
fn beside(directory: &Path) -> io::Result<tempfile::NamedTempFile> {
    tempfile::Builder::new()
        .prefix(".schema-")
        .suffix(".tmp")
        .make_in(directory, |path| File::create_new(path))
}

/// The target of a chain of symbolic links. It may not exist.
fn target(file: &Path) -> io::Result<PathBuf> {
    let mut file = file.to_owned();
    for _ in 0..MOST_LINKS {
        match read_link(&file) {
            Ok(target) => file = file.parent().unwrap_or(Path::new("")).join(target),
            Err(_) => return Ok(file),
        }
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a circle of symbolic links"))
}
