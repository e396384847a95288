// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads the constraint at a place of a schema file.
//!
//! The keywords are a subset of JSON Schema, draft 07. A keyword that constrains values but is not supported is an error. Some
//! rules are stricter than JSON Schema, so a field may be rejected although all of its values are valid:
//!
//! - In JSON Schema, a keyword constrains only values of its own type. Here, without a `type`, `properties`, `required` and
//!   `additionalProperties` imply an object, and `items` implies an array; `minimum` and `maximum` require a `type`.
//! - A bound of a `number` is the float that JSON readers convert it to. An integer that is not a float, such as 2^53 + 1,
//!   counts as the next float inside.
//! - A float is never an `integer`, even if all floats within its bounds are whole.
//!
//! For a `oneOf` at the root, only the names are compared. Whether several events of the list allow the same parameters is not
//! checked.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::arena::Arena;
use crate::constraint::{Constraint, Float, Kind, Members, Property};
use crate::json::Json;
use crate::node::Node;
use crate::number::{Decimal, float_above, float_below};
use crate::problem::Problem;

/// The maximum length of a chain of `$ref`: far more than a schema needs, and far less than the stack allows.
const MAX_REFERENCES: usize = 64;

/// The keywords of an object.
const OBJECT: [&str; 3] = ["properties", "required", "additionalProperties"];

/// Reads constraints, following each `$ref` once.
pub(crate) struct Reader<'a> {
    arena: &'a Arena<'a>,
    /// The constraints that references lead to, by pointer.
    read: RefCell<Vec<(String, Constraint<'a>)>>,
    /// The place where reading started, and the references that are being followed.
    open: RefCell<Vec<String>>,
}

/// The JSON types that a value may have: whether `null` is allowed, and one other type, or any type.
struct Types<'a> {
    nullable: bool,
    other: Option<&'a str>,
}

impl<'a> Reader<'a> {
    /// A reader that starts at `node`.
    pub(crate) fn at(node: &Node<'a>, arena: &'a Arena<'a>) -> Self {
        Self { arena, read: RefCell::default(), open: RefCell::new(vec![node.pointer.clone()]) }
    }

    /// The constraint that the schema at `node` puts on a value.
    pub(crate) fn constraint(&self, node: &Node<'a>) -> Result<Constraint<'a>, Problem> {
        match node.json {
            Json::Boolean(true) => return Ok(Constraint::ANYTHING),
            Json::Boolean(false) => return Ok(Constraint::of(false, Kind::Nothing)),
            _ => {}
        }
        if !matches!(node.json, Json::Object(_)) {
            node.members()?;
        }
        match node.target()? {
            Some((_, target)) => self.reference(node, target),
            None => self.in_place(node),
        }
    }

    fn reference(&self, node: &Node<'a>, target: Node<'a>) -> Result<Constraint<'a>, Problem> {
        let known = self
            .read
            .borrow()
            .iter()
            .find(|(pointer, _)| *pointer == target.pointer)
            .map(|(_, known)| *known);
        if let Some(known) = known {
            return Ok(known);
        }
        self.check_end(node, &target)?;
        self.open.borrow_mut().push(target.pointer.clone());
        let read = self.constraint(&target);
        self.open.borrow_mut().pop();
        let mut read = read?;
        if read.target.is_empty() {
            read.target = self.arena.pointer(target.pointer.clone());
        }
        self.read.borrow_mut().push((target.pointer, read));
        Ok(read)
    }

    /// Checks that the reference at `node` does not lead back into a schema that is being read.
    fn check_end(&self, node: &Node<'a>, target: &Node<'a>) -> Result<(), Problem> {
        let open = self.open.borrow();
        if open.contains(&target.pointer) {
            let problem = format!("refers back to `{}`, of which it is a part", target.pointer);
            return Err(node.problem(
                problem,
                "describe the inner one without the reference: a value cannot contain itself",
            ));
        }
        if open.len() >= MAX_REFERENCES {
            let problem = format!("is the end of a chain of more than {MAX_REFERENCES} references");
            return Err(node.problem(problem, "replace some of the references by the types they refer to"));
        }
        Ok(())
    }

    fn in_place(&self, node: &Node<'a>) -> Result<Constraint<'a>, Problem> {
        let Types { nullable, other } = types(node)?;
        if let Some(values) = values(node)? {
            node.check_keywords(&["type", "enum", "const"])?;
            let has_null = values.iter().any(|value| *value.json == Json::Null);
            return Ok(Constraint::of(nullable && has_null, self.vocabulary(&values, other)?));
        }
        let kind = match other {
            None if has_any(node, &OBJECT) => return Ok(Constraint::of(false, self.object(node)?)),
            None if has_any(node, &["items"]) => return Ok(Constraint::of(false, self.array(node)?)),
            None => node.check_keywords(&[]).map(|()| Kind::Any)?,
            Some("null") => node.check_keywords(&["type"]).map(|()| Kind::Nothing)?,
            Some("boolean") => node.check_keywords(&["type"]).map(|()| Kind::Boolean)?,
            Some("integer") => integer(node)?,
            Some("number") => self.number(node)?,
            Some("string") => node.check_keywords(&["type", "enum", "const"]).map(|()| Kind::Text)?,
            Some("array") => self.array(node)?,
            Some("object") => self.object(node)?,
            Some(other) => {
                let help = "use `boolean`, `integer`, `number`, `string`, `array` or `object`";
                return Err(node.problem(format!("has the type `{other}`"), help));
            }
        };
        Ok(Constraint::of(nullable, kind))
    }

    /// The listed texts, if their type is allowed. Values other than texts cannot be listed.
    fn vocabulary(&self, values: &[Node<'a>], json_type: Option<&str>) -> Result<Kind<'a>, Problem> {
        let (mut words, mut seen) = (Vec::new(), BTreeSet::new());
        for value in
            values.iter().filter(|value| *value.json != Json::Null && has_type(value.json, json_type))
        {
            let Json::Text(text) = value.json else {
                let help = "list only texts and `null`, or give bounds with `minimum` and `maximum`";
                return Err(value.problem("is a value that cannot be checked", help));
            };
            if seen.insert(text.as_str()) {
                words.push(text.as_str());
            }
        }
        Ok(if words.is_empty() { Kind::Nothing } else { Kind::Vocabulary(self.arena.words(words)) })
    }

    fn number(&self, node: &Node<'a>) -> Result<Kind<'a>, Problem> {
        node.check_keywords(&["type", "minimum", "maximum"])?;
        let min = self.float(node, "minimum", float_above)?.unwrap_or(Float::MIN);
        let max = self.float(node, "maximum", float_below)?.unwrap_or(Float::MAX);
        if min.value > max.value {
            let problem = format!("allows no number: its bounds are {} and {}", min.literal, max.literal);
            return Err(node.problem(problem, "write the smaller bound as `minimum`"));
        }
        Ok(Kind::Number { min, max })
    }

    fn float(
        &self,
        node: &Node<'a>,
        name: &str,
        read: impl Fn(&str) -> Option<f64>,
    ) -> Result<Option<Float<'a>>, Problem> {
        let Some(bound) = node.optional(name) else { return Ok(None) };
        let value = number_text(bound.json).and_then(read);
        let value =
            value.ok_or_else(|| bound.problem("is not a number that a float can hold", "write a number"))?;
        Ok(Some(Float { value, literal: self.arena.pointer(format!("{value:?}")) }))
    }

    fn array(&self, node: &Node<'a>) -> Result<Kind<'a>, Problem> {
        node.check_keywords(&["type", "items"])?;
        match node.optional("items") {
            Some(items) => Ok(Kind::Array(self.arena.constraint(self.constraint(&items)?))),
            None => Ok(Kind::Array(&Constraint::ANYTHING)),
        }
    }

    fn object(&self, node: &Node<'a>) -> Result<Kind<'a>, Problem> {
        node.check_keywords(&["type", OBJECT[0], OBJECT[1], OBJECT[2]])?;
        let others = self.others(node)?;
        let required = node.optional("required").map(|node| node.elements()).transpose()?.unwrap_or_default();
        let required = required.iter().map(|name| Ok((name.text()?, name))).collect::<Result<Vec<_>, _>>()?;
        let is_required = |name: &str| required.iter().any(|(required, _)| *required == name);
        let mut properties = Vec::new();
        for (name, node) in
            node.optional("properties").map(|node| node.members()).transpose()?.unwrap_or_default()
        {
            let constraint = self.constraint(&node)?;
            properties.push(Property { name, required: is_required(name), is_described: true, constraint });
        }
        for (name, node) in required {
            if properties.iter().all(|property| property.name != name) {
                properties.push(undescribed(name, others, node)?);
            }
        }
        Ok(Kind::Object(Members { properties: self.arena.properties(properties), others }))
    }

    /// The constraint on members that are not named.
    fn others(&self, node: &Node<'a>) -> Result<Option<&'a Constraint<'a>>, Problem> {
        match node.optional("additionalProperties") {
            None => Ok(Some(&Constraint::ANYTHING)),
            Some(others) if *others.json == Json::Boolean(false) => Ok(None),
            Some(others) => Ok(Some(self.arena.constraint(self.constraint(&others)?))),
        }
    }
}

/// A property that `required` at `node` lists but `properties` does not.
fn undescribed<'a>(
    name: &'a str,
    others: Option<&'a Constraint<'a>>,
    node: &Node<'a>,
) -> Result<Property<'a>, Problem> {
    let missing = || {
        let help = "add it to `properties` or take it out of `required`";
        node.problem(format!("requires `{name}`, which is not in `properties`"), help)
    };
    let constraint = *others.ok_or_else(missing)?;
    Ok(Property { name, required: true, is_described: false, constraint })
}

fn has_any(node: &Node<'_>, keywords: &[&str]) -> bool {
    keywords.iter().any(|keyword| node.optional(keyword).is_some())
}

/// The types of `"integer"` or `["integer", "null"]`. Without `type`, all types.
fn types<'a>(node: &Node<'a>) -> Result<Types<'a>, Problem> {
    let Some(list) = node.optional("type") else { return Ok(Types { nullable: true, other: None }) };
    let names = match list.json {
        Json::Text(only) => vec![only.as_str()],
        _ => list.elements()?.iter().map(Node::text).collect::<Result<Vec<_>, _>>()?,
    };
    match names.as_slice() {
        ["null"] => Ok(Types { nullable: true, other: Some("null") }),
        [only] => Ok(Types { nullable: false, other: Some(only) }),
        [other, "null"] | ["null", other] => Ok(Types { nullable: true, other: Some(other) }),
        _ => Err(list.problem("has several types", "use one type, or one type and `null`")),
    }
}

/// The values that both `enum` and `const` allow; `None` without either keyword.
fn values<'a>(node: &Node<'a>) -> Result<Option<Vec<Node<'a>>>, Problem> {
    let listed = node.optional("enum").map(|list| list.elements()).transpose()?;
    let Some(only) = node.optional("const") else { return Ok(listed) };
    let is_allowed = listed.is_none_or(|listed| listed.iter().any(|value| value.json == only.json));
    Ok(Some(if is_allowed { vec![only] } else { Vec::new() }))
}

fn has_type(json: &Json, json_type: Option<&str>) -> bool {
    matches!(
        (json, json_type),
        (_, None)
            | (Json::Text(_), Some("string"))
            | (Json::Boolean(_), Some("boolean"))
            | (Json::Number(_), Some("integer" | "number"))
            | (Json::Array(_), Some("array"))
            | (Json::Object(_), Some("object"))
    )
}

fn number_text(json: &Json) -> Option<&str> {
    match json {
        Json::Number(text) => Some(text),
        _ => None,
    }
}

fn integer<'a>(node: &Node<'a>) -> Result<Kind<'a>, Problem> {
    node.check_keywords(&["type", "minimum", "maximum"])?;
    let bound = |name: &str, round: fn(&Decimal) -> i128, otherwise: i64| {
        let Some(bound) = node.optional(name) else { return Ok(otherwise.into()) };
        let text = number_text(bound.json)
            .ok_or_else(|| bound.problem("is not a number", "write a whole number"))?;
        Ok(round(&Decimal::read(text)))
    };
    let (min, max) =
        (bound("minimum", Decimal::ceil, i64::MIN)?, bound("maximum", Decimal::floor, i64::MAX)?);
    let (low, high) = (min.max(i64::MIN.into()), max.min(i64::MAX.into()));
    match (i64::try_from(low), i64::try_from(high)) {
        (Ok(min), Ok(max)) if min <= max => Ok(Kind::Integer { min, max }),
        _ => Err(no_integer(node)),
    }
}

fn no_integer(node: &Node<'_>) -> Problem {
    let bound = |name: &str| node.optional(name).and_then(|bound| number_text(bound.json));
    let bounds = match (bound("minimum"), bound("maximum")) {
        (Some(min), Some(max)) => format!("bounds are {min} and {max}"),
        (min, max) => format!("bound is {}", min.or(max).unwrap_or_default()),
    };
    node.problem(
        format!("allows nothing that can be sent: its {bounds}"),
        "write the smaller bound as `minimum`, with a whole number of 64 bits between both",
    )
}
