// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Changes to cases of `ui`, written as in a unified diff, without the numbers of lines:
//!
//! ```text
//! === buckets/no_list
//! -    #[telemetry(bucket)]
//! +    #[telemetry(bucket(1, 2, 5, 10))]
//! ```
//!
//! `@@` begins another place. `@@ schema` begins a place in the schema file of the case, and `@@ shop` one in `shop.rs`,
//! whose content takes the place of `mod shop;`. Lines that are only added, without any that are there, go to the end.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::help::files;
use crate::help::text::{Help, helps, on_one_line};

/// The change of an author in one case.
pub(crate) struct Change {
    /// The case: `buckets/no_list`.
    pub(crate) case: String,
    edits: Vec<Edit>,
}

/// Lines that take the place of others.
struct Edit {
    file: String,
    lines: Vec<String>,
}

/// All changes.
pub(crate) fn changes() -> Vec<Change> {
    files("help", "diff").iter().flat_map(|file| read(&fs::read_to_string(file).unwrap())).collect()
}

fn read(text: &str) -> Vec<Change> {
    let mut changes = Vec::<Change>::new();
    for line in text.lines() {
        if let Some(case) = line.strip_prefix("=== ") {
            changes.push(Change { case: case.to_owned(), edits: vec![Edit::of("")] });
            continue;
        }
        let Some(change) = changes.last_mut() else { continue };
        match line.strip_prefix("@@") {
            Some(file) => change.edits.push(Edit::of(file.trim())),
            None if line.is_empty() => {}
            None => change.edits.last_mut().unwrap().lines.push(line.to_owned()),
        }
    }
    changes
}

impl Edit {
    fn of(file: &str) -> Self {
        Self { file: file.to_owned(), lines: Vec::new() }
    }

    /// The lines with one of these signs before them, without it.
    fn lines(&self, signs: &[char]) -> String {
        let lines = self.lines.iter().filter(|line| line.starts_with(signs));
        lines.map(|line| line[1..].to_owned() + "\n").collect()
    }

    fn apply(&self, text: &str, case: &str) -> String {
        let (old, new) = (self.lines(&[' ', '-']), self.lines(&[' ', '+']));
        if old.is_empty() {
            return text.to_owned() + &new;
        }
        assert_eq!(text.matches(&old).count(), 1, "{case} has to have this once:\n{old}");
        text.replacen(&old, &new, 1)
    }
}

impl Change {
    fn file(&self, extension: &str) -> String {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let path = package.join("ui").join(&self.case).with_extension(extension);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// The help texts that the case is refused with and that show code.
    pub(crate) fn helps(&self) -> Vec<Help> {
        helps(&self.file("stderr"))
    }

    /// The case with the changes, and its schema with the changes, which is then the file `schema`.
    pub(crate) fn apply(&self, schema: &str) -> (String, String) {
        let apply = |name: &str, text: String| {
            let edits = self.edits.iter().filter(|edit| edit.file == name && !edit.lines.is_empty());
            edits.fold(text, |text, edit| edit.apply(&text, &self.case))
        };
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let source = apply("", self.file("rs"));
        let path = source.split('"').find(|text| text.starts_with("schemas/")).map(str::to_owned);
        let content = path.as_ref().map(|path| fs::read_to_string(package.join(path)).unwrap_or_default());
        let source = path.map_or(source.clone(), |path| source.replace(&path, schema));
        let shop = fs::read_to_string(package.join("ui/shop.rs")).unwrap().replace("//!", "//");
        let shop = format!("mod shop {{\n{}}}", apply("shop", shop));
        let source = source.replace("#[path = \"../shop.rs\"]\nmod shop;", &shop);
        (source, apply("schema", content.unwrap_or_default()))
    }

    /// The help texts that the author follows.
    pub(crate) fn followed(&self) -> Vec<Help> {
        self.helps().into_iter().filter(|help| self.follows(help)).collect()
    }

    /// The case, and each problem of it with no help text that the author follows.
    pub(crate) fn ignored(&self) -> Vec<(String, Help)> {
        let followed: BTreeSet<_> = self.followed().into_iter().map(|help| help.problem).collect();
        let ignored = self.helps().into_iter().filter(|help| !followed.contains(&help.problem));
        ignored.map(|help| (self.case.clone(), help)).collect()
    }

    /// Whether the author writes what the help shows, or takes away what it says to take away.
    fn follows(&self, help: &Help) -> bool {
        let lines = |signs: &[char]| {
            let lines: String = self.edits.iter().map(|edit| edit.lines(signs)).collect();
            on_one_line(&lines).to_lowercase()
        };
        let (old, new) = (lines(&['-']), lines(&['+']));
        help.code().iter().any(|code| code.is_in(&new) || help.takes_away() && code.is_in(&old))
    }
}
