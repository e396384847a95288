// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Compares the descriptions of events and properties in two schemas.

use std::collections::BTreeSet;

use telemetry_schema::__cli1::{Node, Problem, Schema};

use super::difference::{Change, Difference, Place};

/// The places at which the description in `right` differs from that in `left`. Places that exist only in `left` are omitted.
pub(crate) fn descriptions(left: &Schema, right: &Schema) -> Result<Vec<Difference>, Problem> {
    let mut found = Vec::new();
    for name in right.event_names() {
        let mut walk = Walk { event: name, found: &mut found, seen: BTreeSet::new() };
        if let Some(event) = right.event_node(name) {
            walk.compare("", left.event_node(name), event)?;
        }
    }
    Ok(found)
}

/// The description of the place, or else that of the type to which it refers.
pub(crate) fn description(node: &Node<'_>) -> Result<Option<String>, Problem> {
    match (node.description(), node.target()?) {
        (None, Some((_, target))) => Ok(target.description()),
        (own, _) => Ok(own),
    }
}

/// Whether both places and everything in them have the same descriptions.
pub(crate) fn is_described_alike<'a>(left: &Node<'a>, right: &Node<'a>) -> Result<bool, Problem> {
    let mut found = Vec::new();
    let mut walk = Walk { event: "", found: &mut found, seen: BTreeSet::new() };
    walk.inside("", Some(left.clone()), right)?;
    Ok(found.is_empty())
}

struct Walk<'w, 'a> {
    event: &'a str,
    found: &'w mut Vec<Difference>,
    /// Pairs of shared types whose contents were compared, so that each pair is compared once.
    seen: BTreeSet<(String, String)>,
}

impl<'a> Walk<'_, 'a> {
    fn compare(&mut self, path: &str, left: Option<Node<'a>>, right: Node<'a>) -> Result<(), Problem> {
        let before = left.as_ref().map(description).transpose()?.flatten();
        let now = description(&right)?;
        if before != now {
            let place = Place::Event { event: self.event.to_owned(), path: path.to_owned() };
            let change = Change::Description { left: before, right: now };
            self.found.push(Difference { place, change });
        }
        let (left, right) = (left.map(resolved).transpose()?, resolved(right)?);
        let pair = (left.as_ref().map_or("", Node::pointer).to_owned(), right.pointer().to_owned());
        if self.seen.insert(pair) { self.inside(path, left, &right) } else { Ok(()) }
    }

    fn inside(&mut self, path: &str, left: Option<Node<'a>>, right: &Node<'a>) -> Result<(), Problem> {
        let part = |of: &Node<'a>, keyword: &str| of.optional(keyword).filter(|part| part.members().is_ok());
        let named = left.as_ref().and_then(|left| part(left, "properties"));
        for (name, property) in
            part(right, "properties").map(|all| all.members()).transpose()?.unwrap_or_default()
        {
            let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            self.compare(&path, named.as_ref().and_then(|named| named.optional(name)), property)?;
        }
        for (keyword, step) in [("items", "[]"), ("additionalProperties", ".*")] {
            let Some(inner) = part(right, keyword) else { continue };
            let before = left.as_ref().and_then(|left| part(left, keyword));
            self.compare(&format!("{path}{step}"), before, inner)?;
        }
        Ok(())
    }
}

/// The place to which references lead.
pub(crate) fn resolved(node: Node<'_>) -> Result<Node<'_>, Problem> {
    let mut node = node;
    while let Some((_, target)) = node.target()? {
        node = target;
    }
    Ok(node)
}
