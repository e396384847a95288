// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A configured flow as a name and `$name=value` parameters, read strictly.

use std::collections::HashMap;

use crate::text::is_printable;

/// A flow name and its parameters.
#[derive(Debug, PartialEq)]
pub(super) struct Surface<'a> {
    pub(super) name: &'a str,
    parameters: HashMap<&'a str, &'a str>,
}

impl<'a> Surface<'a> {
    /// Takes a configured flow apart.
    ///
    /// Parameters follow white space. A value is in quotes or ends at white space. Blank and repeated parameters are errors.
    pub(super) fn parse(flow: &'a str) -> Result<Self, String> {
        if flow.chars().any(|c| c != '\t' && !is_printable(c)) {
            return Err("it contains a character that does not show".to_owned());
        }
        let flow = flow.trim_matches(BLANK);
        if flow.is_empty() {
            return Err("it is empty".to_owned());
        }
        let Some((head, _)) = flow.split_once('$') else {
            return Ok(Self { name: flow, parameters: HashMap::new() });
        };
        let name = head.trim_end_matches(BLANK);
        if name.len() == head.len() {
            return Err("the parameters must be separated from the name by a space".to_owned());
        }
        let mut surface = Self { name, parameters: HashMap::new() };
        let mut rest = flow.get(head.len()..).unwrap_or_default();
        while !rest.is_empty() {
            rest = surface.parameter(rest)?;
        }
        Ok(surface)
    }

    /// The value of a parameter.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        self.parameters.get(name).copied()
    }

    /// Reads one parameter and hands back what follows it and the white space behind it.
    fn parameter(&mut self, text: &'a str) -> Result<&'a str, String> {
        let body =
            text.strip_prefix('$').ok_or("parameters must be separated by a space and begin with `$`")?;
        let (name, rest) = body.split_once('=').ok_or("a parameter must have the form `$name=value`")?;
        if !is_name(name) {
            return Err("a parameter must have the form `$name=value`, without spaces around `=`".to_owned());
        }
        let (value, rest) = value(rest)?;
        if value.trim_matches(crate::text::is_space).is_empty() {
            return Err(format!("the parameter `{name}` has a blank value"));
        }
        if self.parameters.len() >= MOST_PARAMETERS {
            return Err(format!("it has more than {MOST_PARAMETERS} parameters"));
        }
        if self.parameters.insert(name, value).is_some() {
            return Err(format!("the parameter `{name}` is repeated"));
        }
        let after = rest.trim_start_matches(BLANK);
        if !after.is_empty() && after.len() == rest.len() {
            return Err("parameters must be separated by a space".to_owned());
        }
        Ok(after)
    }
}

/// Real flows have one or two.
const MOST_PARAMETERS: usize = 150_000;
const BLANK: [char; 2] = [' ', '\t'];

fn is_name(name: &str) -> bool {
    let letter = |c: char| c == '_' || c.is_ascii_alphabetic();
    name.starts_with(letter) && name.chars().all(|c| letter(c) || c.is_ascii_digit())
}

fn value(text: &str) -> Result<(&str, &str), String> {
    for quote in ['"', '\''] {
        if let Some(rest) = text.strip_prefix(quote) {
            return rest.split_once(quote).ok_or_else(|| "a quoted value does not end".to_owned());
        }
    }
    let end = text.find(BLANK).unwrap_or(text.len());
    let (value, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    if value.contains(['$', '"', '\'']) {
        return Err("a value without quotes cannot contain `$` or quotes".to_owned());
    }
    Ok((value, rest))
}

#[cfg(test)]
mod tests {
    use super::Surface;

    #[test]
    fn parameters_are_read_strictly() {
        let surface = Surface::parse("check it $model=a $tone=\"b c\"").unwrap();
        assert_eq!(
            (surface.name, surface.get("model"), surface.get("tone")),
            ("check it", Some("a"), Some("b c"))
        );
        assert_eq!(Surface::parse("name (x)").unwrap().name, "name (x)");
        for malformed in [
            "",
            " ",
            "$model=x",
            "a$model=x",
            "a $",
            "a $model",
            "a $model =x",
            "a $model= x",
            "a $model=",
            "a $1=x",
        ] {
            assert!(Surface::parse(malformed).is_err(), "{malformed:?}");
        }
        for malformed in [
            "a $m=x$n=y",
            "a $m=x\"y\"",
            "a $m=\"x\"y",
            "a $m=\"x",
            "a $m=x $m=y",
            "a $m=' '",
            "a $m=x y",
            "a\n",
            "a\u{a0}",
        ] {
            assert!(Surface::parse(malformed).is_err(), "{malformed:?}");
        }
    }
}
