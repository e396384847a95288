// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! One load: which files are read in which order, and how they become one document and a ledger of flows.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::budget::Budget;
use super::colang::{self, Version};
use super::error::{ConfigError, ErrorKind};
use super::files::Files;
use super::flows::Flows;
use super::ignore::Ignore;
use super::import::{Resolver, Target};
use super::library::Bundled;
use super::merge::{ImportPath, Merged, Replacement};
use super::nested::Nested;
use super::options::LoadOptions;
use super::rail_flows;
use super::walk::{Found, walk};
use super::yaml::{self, Node, Place};
use crate::text;

/// What a load found, not validated yet.
pub(crate) struct Loaded {
    pub(crate) document: Node,
    /// Flows of Colang files.
    pub(crate) flows: Flows,
    /// Markdown documents in `kb`.
    pub(crate) kb_documents: u64,
    /// Keys that several files set.
    pub(crate) replacements: Vec<Replacement>,
    /// Directories with configurations of their own.
    pub(crate) merged_configurations: Vec<PathBuf>,
}

/// Loads a directory or a YAML file.
pub(crate) fn load(given: &Path, options: &LoadOptions) -> Result<Loaded, ConfigError> {
    check_path(given)?;
    let files = Files::new(options.working_directory.clone(), Budget::new(options.limits));
    let path = files.locate(given);
    if path.is_dir() {
        return Loader::new(files, &path, options).directory(given);
    }
    let extension = given.as_os_str().as_encoded_bytes();
    if path.is_file() && (extension.ends_with(b".yml") || extension.ends_with(b".yaml")) {
        return single_file(&path, files);
    }
    Err(ConfigError::in_file(ErrorKind::Path, given, "is neither a directory nor a YAML file")
        .help("name an existing directory, or a file that ends in `.yml` or `.yaml`"))
}

fn check_path(given: &Path) -> Result<(), ConfigError> {
    let name = given.to_string_lossy();
    if name.contains(',') || text::strip(&name).len() != name.len() {
        return Err(ConfigError::in_file(ErrorKind::Path, given, "has a comma, or white space at an end")
            .help("rename the directory"));
    }
    Ok(())
}

/// A YAML file alone: nothing is merged, imported or looked for beside it (`docs/LOADING.md` 2).
fn single_file(path: &Path, mut files: Files) -> Result<Loaded, ConfigError> {
    let document = read_yaml(path, &mut files)?;
    let (flows, replacements, merged_configurations) = Default::default();
    Ok(Loaded { document, flows, kb_documents: 0, replacements, merged_configurations })
}

fn read_yaml(path: &Path, files: &mut Files) -> Result<Node, ConfigError> {
    let content = files.read_text(path)?;
    let document = yaml::read(&content, path, &mut files.budget)?;
    let found = document.as_ref().map_or("empty", |node| node.value.describe());
    let mapping = |node: &Node| matches!(node.value, yaml::Value::Map(_));
    let problem = format!("is {found}, but a configuration file is a mapping");
    document.filter(mapping).ok_or_else(|| {
        ConfigError::in_file(ErrorKind::Yaml, path, problem)
            .help("write at least `models: []`, remove the file, or exclude it in `.railsignore`")
    })
}

/// Colang that waits until the version of the configuration is known.
#[derive(Clone)]
enum Queued {
    File(PathBuf),
    Bundled { import: ImportPath, part: Bundled },
}

struct Loader {
    files: Files,
    resolver: Resolver,
    merged: Merged,
    /// Colang to scan, in order.
    queue: Vec<Queued>,
    imported: HashSet<String>,
    flows: Flows,
    kb_documents: u64,
    nested: Nested,
    root: PathBuf,
}

impl Loader {
    fn new(files: Files, root: &Path, options: &LoadOptions) -> Self {
        let resolver = Resolver {
            from_working_directory: options.imports_from_working_directory,
            roots: options.roots(),
        };
        Self {
            files,
            resolver,
            merged: Merged::new(Place::whole(root)),
            queue: Vec::new(),
            imported: HashSet::new(),
            flows: Flows::default(),
            kb_documents: 0,
            nested: Nested::default(),
            root: root.to_path_buf(),
        }
    }

    fn directory(mut self, given: &Path) -> Result<Loaded, ConfigError> {
        let path = self.root.clone();
        self.walk(given, &path)?;
        // Before the imports, which are meant to be merged.
        let merged_configurations = std::mem::take(&mut self.nested).merged();
        self.follow_imports()?;
        self.scan_colang()?;
        if self.version_name() == Some("2.x") {
            self.flows.add_generated(rail_flows::generated(&self.merged)?);
        }
        let replacements = self.merged.replacements();
        let (flows, kb_documents) = (self.flows, self.kb_documents);
        let document = self.merged.finish();
        Ok(Loaded { document, flows, kb_documents, replacements, merged_configurations })
    }

    fn walk(&mut self, given: &Path, path: &Path) -> Result<(), ConfigError> {
        let ignore = Ignore::nearest(given, &mut self.files)?;
        let found = walk(path, &mut self.files.budget)?;
        for file in found {
            self.files.budget.matching(ignore.steps(&file.name), &file.path)?;
            if !ignore.covers(&file.name) {
                self.file(file)?;
            }
        }
        Ok(())
    }

    /// One file: the first kind that fits counts (`docs/LOADING.md` 2.1).
    fn file(&mut self, file: Found) -> Result<(), ConfigError> {
        self.merged.touch();
        if file.in_kb {
            if file.name.ends_with(".md") {
                self.files.read_text(&file.path)?;
                self.kb_documents += 1;
            }
        } else if file.name.ends_with(".yml") || file.name.ends_with(".yaml") {
            let document = read_yaml(&file.path, &mut self.files)?;
            self.merged.add(&document)?;
            self.nested.note(&file, &self.root);
        } else if file.name.ends_with(".co") {
            self.queue.push(Queued::File(file.path));
        }
        Ok(())
    }

    /// Loads every import that is not loaded yet, those found on the way included.
    fn follow_imports(&mut self) -> Result<(), ConfigError> {
        let mut next = 0;
        while let Some(import) = self.merged.import_paths.get(next).cloned() {
            next += 1;
            self.files.budget.imports(next, import.place.source())?;
            if self.imported.insert(import.path.clone()) {
                self.import(&import)?;
            }
        }
        Ok(())
    }

    fn import(&mut self, import: &ImportPath) -> Result<(), ConfigError> {
        match self.resolver.resolve(&import.path, &self.files) {
            Some(Target::Directory { given, path }) => self.walk(&given, &path),
            Some(Target::Colang(path)) => {
                self.queue.push(Queued::File(path));
                Ok(())
            }
            Some(Target::Nothing) => Ok(()),
            Some(Target::Bundled(part)) => {
                self.queue.push(Queued::Bundled { import: import.clone(), part });
                Ok(())
            }
            None => Err(ConfigError::at(ErrorKind::Import, &import.place, format!("imports `{}`, which is nowhere", import.path))
                .help("correct the path: it is looked up in the working directory, in the import roots (`COLANGPATH`) and among the bundled libraries")),
        }
    }

    fn scan_colang(&mut self) -> Result<(), ConfigError> {
        let mut next = 0;
        while let Some(queued) = self.queue.get(next).cloned() {
            next += 1;
            match queued {
                Queued::File(path) => self.scan_file(&path)?,
                Queued::Bundled { import, part } => self.count_bundled(&import, &part)?,
            }
            self.follow_imports()?;
        }
        Ok(())
    }

    fn scan_file(&mut self, path: &Path) -> Result<(), ConfigError> {
        let version = self.version(path)?;
        let text = self.files.read_text(path)?;
        let Some(content) = colang::scan(&text, version, path, self.files.budget.flows_left())? else {
            self.flows.skipped.push(path.to_path_buf());
            return Ok(());
        };
        self.files.budget.flows(content.flows, path)?;
        for (import, line) in &content.imports {
            self.merged.import(import, &Place::line_of(path, *line));
        }
        self.flows.add_file(path, content);
        Ok(())
    }

    fn count_bundled(&mut self, import: &ImportPath, part: &Bundled) -> Result<(), ConfigError> {
        let (content, custom) = part.content(self.version(Path::new(&import.path))?);
        for (next, _) in &content.imports {
            self.merged.import(next, &import.place);
        }
        self.flows.add_bundled(&import.path, content, custom);
        Ok(())
    }

    fn version_name(&self) -> Option<&str> {
        self.merged.get("colang_version").map_or(Some("1.0"), Node::as_str)
    }

    fn version(&self, colang: &Path) -> Result<Version, ConfigError> {
        self.version_name().and_then(Version::named).ok_or_else(|| {
            let place = self.merged.get("colang_version").map(|version| version.place.clone());
            let place = place.unwrap_or_else(|| Place::whole(&self.root));
            let problem =
                format!("must be the text 1.0 or 2.x, because there is a Colang file {}", colang.display());
            ConfigError::at(ErrorKind::Colang, &place, problem)
                .about("colang_version")
                .help("write `colang_version: \"1.0\"` or `colang_version: \"2.x\"`, with the quotes")
        })
    }
}
