// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Turns parser events into one tree of values: anchors and aliases, merge keys, duplicate keys, limits.
//!
//! Works with a stack of its own, so that depth costs memory that is counted and not the thread's stack.

use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;

use saphyr_parser::{Marker, ScalarStyle, ScanError, Span, Tag};

use super::merge_key::Pairs;
use super::strictness::{Complaint, Strictness};
use super::value::{Map, Node, Place, Value};
use super::{characters, refusal, scalar, tag};
use crate::reader::budget::Budget;
use crate::reader::error::ConfigError;

/// Characters that cannot begin a plain scalar, which the parser lets begin one inside brackets.
const NO_START: [char; 5] = ['|', '>', '%', '@', '`'];

/// Which collection begins.
#[derive(Clone, Copy)]
pub(super) enum Collection {
    Sequence,
    Mapping,
}

enum Content {
    Items(Vec<Node>),
    Pairs { pairs: Pairs, key: Option<Node> },
}

/// A collection that has begun and not ended.
struct Frame {
    content: Content,
    anchor: usize,
    tag: Option<String>,
    place: Place,
    extent: Extent,
}

/// How much a finished node is, aliases followed.
#[derive(Clone, Copy)]
struct Extent {
    /// Levels of collections.
    height: usize,
    /// Values, the node itself included.
    values: usize,
}

impl Extent {
    const SCALAR: Self = Self { height: 0, values: 1 };

    /// The extent of a collection with one more node inside, of the extent `inner`.
    fn around(self, inner: Self) -> Self {
        Self { height: self.height.max(inner.height + 1), values: self.values.saturating_add(inner.values) }
    }
}

/// A finished anchored node.
struct Anchored {
    node: Node,
    extent: Extent,
}

/// A scalar as the parser hands it over.
pub(super) struct Scalar<'a> {
    pub(super) text: &'a str,
    pub(super) style: ScalarStyle,
    pub(super) anchor: usize,
    pub(super) tag: Option<&'a Tag>,
}

/// The tree under construction.
pub(super) struct Builder<'a> {
    source: Rc<Path>,
    strictness: Strictness<'a>,
    /// What stands for a byte order mark in scalars.
    mark: Option<char>,
    budget: &'a mut Budget,
    stack: Vec<Frame>,
    anchors: HashMap<usize, Anchored>,
    documents: usize,
    root: Option<Node>,
    /// The character at which the last event with text of its own ends.
    read: usize,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: Rc<Path>, text: &'a str, mark: Option<char>, budget: &'a mut Budget) -> Self {
        let strictness = Strictness::new(text);
        let (stack, anchors) = (Vec::new(), HashMap::new());
        Self { source, strictness, mark, budget, stack, anchors, documents: 0, root: None, read: 0 }
    }

    fn place(&self, mark: Marker) -> Place {
        Place::new(&self.source, mark.line(), mark.col() + 1)
    }

    pub(super) fn scan_error(&self, error: &ScanError) -> ConfigError {
        let line = error.marker().line();
        if let Some(tab) = self.strictness.misplaced_tab().filter(|(tab, _)| *tab <= line) {
            return self.tab(tab);
        }
        if error.info() == "simple key expect ':'" {
            let place = Place::new(&self.source, self.strictness.line_of_key(self.read, line), 1);
            return refusal(&place, "begins a key without a `:` after it")
                .help("write `key: value`, or indent the line if it continues the text above it");
        }
        if error.info() == "recursion limit exceeded" {
            return refusal(&self.place(*error.marker()), "is inside too many brackets")
                .help("write the values on lines of their own, with indentation in place of brackets");
        }
        refusal(&self.place(*error.marker()), format!("is not valid YAML: {}", error.info()))
            .help("check indentation, quotes and brackets on this line and the one before")
    }

    fn tab(&self, (line, column): (usize, usize)) -> ConfigError {
        refusal(&Place::new(&self.source, line, column), "has a tab between values")
            .help("use spaces; tabs are allowed only inside quotes, block text and comments")
    }

    /// Takes note of an event. Those without text of their own may come from the token after it.
    pub(super) fn reached(&mut self, span: Span) {
        if !span.is_empty() {
            self.read = span.end.index();
        }
    }

    pub(super) fn start_document(&mut self, span: Span) -> Result<(), ConfigError> {
        self.documents += 1;
        if self.documents > 1 {
            return Err(refusal(
                &self.place(span.start),
                "begins a second document; a configuration file holds one",
            )
            .help("put it into a file of its own, or remove the `---` line"));
        }
        Ok(())
    }

    pub(super) fn alias(&mut self, anchor: usize, span: Span) -> Result<(), ConfigError> {
        let place = self.place(span.start);
        self.strictness.alias(span).map_err(|complaint| complain(&place, complaint))?;
        self.budget.node(&place)?;
        let Some(Anchored { node, extent }) = self.anchors.get(&anchor) else {
            return Err(refusal(&place, "is an alias of a value that contains it")
                .help("write the value out instead of referring to it from inside"));
        };
        let (node, extent) = (node.clone(), *extent);
        self.budget.aliased(extent.values, &place)?;
        self.attach(node, extent)
    }

    pub(super) fn scalar(&mut self, scalar: Scalar<'_>, span: Span) -> Result<(), ConfigError> {
        let place = self.place(span.start);
        self.budget.node(&place)?;
        self.spelling(&scalar, span).map_err(|complaint| complain(&place, complaint))?;
        let value = value_of(&scalar, self.mark);
        let value =
            value.map_err(|problem| refusal(&place, problem).help("put it in quotes to make it text"))?;
        self.complete(Node::new(value, place), scalar.anchor, Extent::SCALAR)
    }

    fn spelling(&mut self, scalar: &Scalar<'_>, span: Span) -> Result<(), Complaint> {
        self.strictness.scalar(span, scalar.style, scalar.anchor > 0)?;
        if scalar.style == ScalarStyle::Plain && scalar.text.starts_with(NO_START) {
            return Err((
                "begins with a character that cannot begin plain text".to_owned(),
                "put it in quotes",
            ));
        }
        let is_key =
            matches!(self.stack.last(), Some(Frame { content: Content::Pairs { key: None, .. }, .. }));
        let bare = scalar.style == ScalarStyle::Plain && scalar.anchor == 0 && scalar.tag.is_none();
        if is_key { self.strictness.key(span, bare) } else { Ok(()) }
    }

    pub(super) fn open(
        &mut self,
        kind: Collection,
        anchor: usize,
        tag: Option<&Tag>,
        span: Span,
    ) -> Result<(), ConfigError> {
        let place = self.place(span.start);
        self.budget.node(&place)?;
        self.budget.depth(self.stack.len() + 1, &place)?;
        if anchor > 0 {
            self.strictness.collection(span).map_err(|complaint| complain(&place, complaint))?;
        }
        let content = match kind {
            Collection::Sequence => Content::Items(Vec::new()),
            Collection::Mapping => Content::Pairs { pairs: Pairs::new(), key: None },
        };
        self.stack.push(Frame {
            content,
            anchor,
            tag: tag::full_name(tag),
            place,
            extent: Extent { height: 1, values: 1 },
        });
        Ok(())
    }

    pub(super) fn close(&mut self) -> Result<(), ConfigError> {
        let Some(frame) = self.stack.pop() else { return Ok(()) };
        let Frame { content, anchor, tag, place, extent } = frame;
        let value = match content {
            Content::Items(items) => sequence(tag.as_deref(), items),
            Content::Pairs { pairs, .. } => {
                self.budget.merged(pairs.merged_len(), &place)?;
                let map = pairs.finish().map_err(|key| unusable_key(&key))?;
                mapping(tag.as_deref(), map)
            }
        };
        let value = value.map_err(|problem| refusal(&place, problem).help("remove the tag"))?;
        self.complete(Node::new(value, place), anchor, extent)
    }

    fn complete(&mut self, node: Node, anchor: usize, extent: Extent) -> Result<(), ConfigError> {
        if anchor > 0 {
            self.budget.anchors(self.anchors.len() + 1, &node.place)?;
            self.anchors.insert(anchor, Anchored { node: node.clone(), extent });
        }
        self.attach(node, extent)
    }

    /// Puts a finished node where it belongs: into the collection around it, or at the root.
    fn attach(&mut self, node: Node, extent: Extent) -> Result<(), ConfigError> {
        self.budget.depth(self.stack.len() + extent.height, &node.place)?;
        let Some(frame) = self.stack.last_mut() else {
            not_a_special_key(&node)?;
            self.root = Some(node);
            return Ok(());
        };
        frame.extent = frame.extent.around(extent);
        match &mut frame.content {
            Content::Items(items) => {
                not_a_special_key(&node)?;
                items.push(node);
            }
            Content::Pairs { pairs, key } => match key.take() {
                None => *key = Some(node),
                Some(name) => {
                    not_a_special_key(&node)?;
                    pairs.push(name, node).map_err(|value| unmergeable(&value))?;
                }
            },
        }
        Ok(())
    }

    /// The root, once nothing is left to complain about.
    pub(super) fn finish(self) -> Result<Option<Node>, ConfigError> {
        match self.strictness.misplaced_tab() {
            Some(tab) => Err(self.tab(tab)),
            None => Ok(self.root),
        }
    }
}

fn complain(place: &Place, (problem, remedy): Complaint) -> ConfigError {
    refusal(place, problem).help(remedy)
}

fn value_of(scalar: &Scalar<'_>, mark: Option<char>) -> Result<Value, scalar::Refusal> {
    let text = characters::restore(scalar.text, mark);
    match tag::full_name(scalar.tag) {
        Some(name) => tag::scalar(&name, &text),
        None if scalar.style == ScalarStyle::Plain || scalar.tag.is_some() => scalar::resolve(&text),
        None => Ok(Value::Str((&*text).into())),
    }
}

fn sequence(tag: Option<&str>, mut items: Vec<Node>) -> Result<Value, scalar::Refusal> {
    // A list grows to room for four, and there can be many short ones.
    items.shrink_to_fit();
    match tag {
        None => Ok(Value::Seq(Rc::new(items))),
        Some(name) => tag::sequence(name, items),
    }
}

fn mapping(tag: Option<&str>, map: Map) -> Result<Value, scalar::Refusal> {
    match tag {
        None => Ok(Value::Map(Rc::new(map))),
        Some(name) => tag::mapping(name, map),
    }
}

fn not_a_special_key(node: &Node) -> Result<(), ConfigError> {
    let sign = match node.value {
        Value::MergeKey => "<<",
        Value::EqualsSign => "=",
        _ => return Ok(()),
    };
    Err(refusal(&node.place, format!("`{sign}` is a key with a special meaning and cannot be a value"))
        .help(format!("write `\"{sign}\"` to make it text")))
}

fn unusable_key(key: &Node) -> ConfigError {
    refusal(&key.place, format!("uses {} as a key", key.value.describe())).help("use text as the key")
}

fn unmergeable(value: &Node) -> ConfigError {
    refusal(&value.place, format!("merges {} into a mapping", value.value.describe()))
        .help("give `<<` an alias of a mapping, or a list of such aliases")
}
