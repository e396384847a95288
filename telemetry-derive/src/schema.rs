// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads the schema files of the compiled package. Each version of a file is read once, and an old version is never used.

use std::fs::File;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use telemetry_schema::problem::Problem;
use telemetry_schema::schema::Schema;

use crate::once::is_first;

/// The reason why a schema cannot be used.
pub(crate) enum Unusable {
    /// The problem and how to correct it.
    Because(String, String),
    /// A problem with the content of the file, which another event has reported.
    Reported,
}

/// A file that was read: its bytes and the result.
struct Read {
    file: PathBuf,
    bytes: Vec<u8>,
    schema: Result<Arc<Schema>, Problem>,
    /// The event that read the file first.
    event: String,
}

/// The files read so far by this process.
struct Cache {
    /// One entry per file. A package has few.
    read: Vec<Read>,
    /// The buffer of the last file. Every event reads a file, and reusing memory is faster than allocating it.
    buffer: Vec<u8>,
}

static READ: Mutex<Cache> = Mutex::new(Cache { read: Vec::new(), buffer: Vec::new() });

/// The schema in the file `path` of the package that is being compiled, for the event whose type is called `event`.
pub(crate) fn load(path: &str, event: &str) -> Result<Arc<Schema>, Unusable> {
    check_relative(path)?;
    let file = in_package(path).ok_or_else(|| {
        let problem = "`CARGO_MANIFEST_DIR` is not set, so there is no package to look in";
        because(problem, "set it to the directory of the package, as cargo does")
    })?;
    let mut cache = READ.lock().unwrap_or_else(PoisonError::into_inner);
    let Cache { read, buffer } = &mut *cache;
    read_into(&file, buffer).map_err(|error| once_for_all(&file, event, unreadable(path, &error)))?;
    // Compares bytes, not time stamps, because a language server outlives many versions of a file.
    if let Some(known) = read.iter().find(|known| known.file == file && known.bytes == *buffer) {
        return known.result(path, event);
    }
    read.retain(|known| known.file != file);
    let schema = parse(path, buffer).map_err(|problem| once_for_all(&file, event, problem))?;
    let bytes = std::mem::take(buffer);
    let new = Read { file, bytes, schema, event: event.to_owned() };
    let result = new.result(path, event);
    read.push(new);
    result
}

impl Read {
    /// The schema for an event. A mistake in the file causes one error, even if many events use the file.
    fn result(&self, path: &str, event: &str) -> Result<Arc<Schema>, Unusable> {
        match &self.schema {
            Ok(schema) => Ok(Arc::clone(schema)),
            Err(problem) if self.event == event => {
                Err(Unusable::Because(problem.about(path), problem.help.clone()))
            }
            Err(_) => Err(Unusable::Reported),
        }
    }
}

/// The problem with a file, if `event` is the first to read it.
fn once_for_all(file: &Path, event: &str, problem: Unusable) -> Unusable {
    let task = format!("report {}", file.display());
    if is_first(&task, event) { problem } else { Unusable::Reported }
}

fn because(problem: impl Into<String>, help: impl Into<String>) -> Unusable {
    Unusable::Because(problem.into(), help.into())
}

/// The location of the package's file `path`. Build tools other than cargo set a directory relative to their own.
pub(crate) fn in_package(path: &str) -> Option<PathBuf> {
    let package = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR")?);
    let mut file = std::path::absolute(&package).unwrap_or(package);
    for component in Path::new(path).components() {
        match component {
            // Resolves `..` by name, as the compiler and `cargo package` do. A directory on the way does not have to exist.
            Component::ParentDir => drop(file.pop()),
            Component::CurDir => {}
            other => file.push(other),
        }
    }
    Some(file)
}

fn read_into(file: &Path, buffer: &mut Vec<u8>) -> std::io::Result<()> {
    buffer.clear();
    let mut file = File::open(file)?;
    file.read_to_end(buffer).map(drop)
}

/// Rejects an absolute path, because another machine has the package elsewhere.
fn check_relative(path: &str) -> Result<(), Unusable> {
    let is_fixed = |component| matches!(component, Component::RootDir | Component::Prefix(_));
    if !Path::new(path).components().any(is_fixed) {
        return Ok(());
    }
    let help = format!("write it relative to the package's `Cargo.toml`, as in `{}`", sample(path));
    Err(because(format!("the path of schema `{path}` is absolute, so it is wrong on another machine"), help))
}

/// `schema = "schemas/shop.json"`, with the name of the file.
fn sample(path: &str) -> String {
    let name = Path::new(path).file_name();
    let name = name.map_or_else(|| "my_product.json".into(), |name| name.to_string_lossy());
    format!("schema = \"schemas/{name}\"")
}

/// Whether the file is outside the package, so that `cargo package` does not include it.
fn is_outside(path: &str) -> bool {
    let depth = Path::new(path).components().try_fold(0_u32, |depth, component| match component {
        Component::Normal(_) => Some(depth + 1),
        Component::CurDir => Some(depth),
        _ => depth.checked_sub(1),
    });
    depth.is_none()
}

/// Whether `cargo package` has created the package, which then contains only files of its own.
fn is_packaged() -> bool {
    in_package("Cargo.toml.orig").is_some_and(|file| file.exists())
}

fn missing(path: &str) -> Unusable {
    if is_outside(path) && is_packaged() {
        return because(
            format!("schema `{path}` is outside of the package, so `cargo package` has left it out"),
            format!(
                "put a copy into the package, which the product's command `schema --check` compares, or a symbolic \
                 link, and write `{}`",
                sample(path)
            ),
        );
    }
    let problem = format!("cannot read schema `{path}`: the file does not exist");
    because(problem, format!("restore the file, or {CORRECT_PATH}"))
}

/// The help for a wrong path.
const CORRECT_PATH: &str = "correct the path: it starts at the directory of the package's `Cargo.toml`, as in `schema = \"schemas/my_product.json\"`";

fn unreadable(path: &str, error: &std::io::Error) -> Unusable {
    let (reason, remedy) = match error.kind() {
        std::io::ErrorKind::NotFound => return missing(path),
        std::io::ErrorKind::IsADirectory => ("it is a directory", ""),
        std::io::ErrorKind::PermissionDenied => ("permission denied", "make it readable, or "),
        _ => ("an I/O error occurred", ""),
    };
    because(format!("cannot read schema `{path}`: {reason}"), format!("{remedy}{CORRECT_PATH}"))
}

fn parse(path: &str, bytes: &[u8]) -> Result<Result<Arc<Schema>, Problem>, Unusable> {
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(path, bytes, error.valid_up_to()))?;
    Ok(Schema::read(text).map(Arc::new))
}

fn not_utf8(path: &str, bytes: &[u8], valid: usize) -> Unusable {
    let before = bytes.get(..valid).unwrap_or_default();
    let line = before.split(|byte| *byte == b'\n').count();
    because(format!("schema `{path}:{line}` is not UTF-8"), "save the file as UTF-8")
}
