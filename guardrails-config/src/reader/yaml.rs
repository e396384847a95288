// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! YAML 1.1 as the reference's safe loader reads it, with places, on top of a parser that hands over raw scalars.
//!
//! The parser (saphyr-parser) splits text into events; what a scalar means, which tags exist, how merge keys and
//! duplicate keys work and what is refused is decided here (`docs/LOADING.md` 2.1 and 8).

mod build;
mod characters;
mod key;
mod layout;
mod merge_key;
mod number;
mod prolog;
mod scalar;
mod strictness;
mod tag;
mod time;
mod value;

use std::borrow::Cow;
use std::path::Path;
use std::rc::Rc;

use saphyr_parser::{Event, Parser, ScanError, Span};

use self::build::{Builder, Collection, Scalar};
pub(crate) use self::key::MapBuilder;
pub(crate) use self::value::{Map, Node, Place, Value};
use super::budget::Budget;
use super::error::{ConfigError, ErrorKind};

/// Reads the one document in `text`. `None` if the text has no document.
pub(crate) fn read(text: &str, path: &Path, budget: &mut Budget) -> Result<Option<Node>, ConfigError> {
    let source: Rc<Path> = path.into();
    characters::check(text, &source)?;
    let (mut text, mark) = characters::prepare(text);
    prolog::check(&text, &source)?;
    for attempt in 1.. {
        let mut spent = budget.clone();
        match parse(&text, mark, &source, &mut spent) {
            Err(Failure { error, complaint }) => match layout::spaced(&text, &complaint, attempt) {
                Some(spaced) => text = Cow::Owned(spaced),
                None => return Err(error),
            },
            Ok(outcome) => {
                *budget = spent;
                return outcome;
            }
        }
    }
    Ok(None)
}

/// A complaint of the parser, and how it is reported.
struct Failure {
    error: ConfigError,
    complaint: ScanError,
}

/// Reads a text once; the outer error is the parser's.
fn parse(
    text: &str,
    mark: Option<char>,
    source: &Rc<Path>,
    budget: &mut Budget,
) -> Result<Result<Option<Node>, ConfigError>, Failure> {
    let mut builder = Builder::new(Rc::clone(source), text, mark, budget);
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        match event {
            Err(complaint) => return Err(Failure { error: builder.scan_error(&complaint), complaint }),
            Ok((event, span)) => {
                builder.reached(span);
                if let Err(error) = feed(&mut builder, event, span) {
                    return Ok(Err(error));
                }
            }
        }
    }
    Ok(builder.finish())
}

fn feed(builder: &mut Builder<'_>, event: Event<'_>, span: Span) -> Result<(), ConfigError> {
    match event {
        Event::DocumentStart(_) => builder.start_document(span),
        Event::Alias(anchor) => builder.alias(anchor, span),
        Event::Scalar(text, style, anchor, tag) => {
            builder.scalar(Scalar { text: &text, style, anchor, tag: tag.as_deref() }, span)
        }
        Event::SequenceStart(anchor, tag) => builder.open(Collection::Sequence, anchor, tag.as_deref(), span),
        Event::MappingStart(anchor, tag) => builder.open(Collection::Mapping, anchor, tag.as_deref(), span),
        Event::SequenceEnd | Event::MappingEnd => builder.close(),
        Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
    }
}

/// A refusal of the YAML layer at a place.
fn refusal(place: &Place, problem: impl Into<String>) -> ConfigError {
    ConfigError::at(ErrorKind::Yaml, place, problem)
}

#[cfg(test)]
mod tests;
