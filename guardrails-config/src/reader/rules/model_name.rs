// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Each model has one name: in `model`, or in its parameters, but not in both.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::reader::error::{ConfigError, ErrorKind};
use crate::reader::schema::to_text;
use crate::reader::yaml::{Map, Node, Value};
use crate::text::strip;

/// Checks every model, in order.
pub(super) fn given_once(configuration: &Node) -> Result<(), ConfigError> {
    let mut moved = Moved::default();
    let models = configuration.get("models").map(Node::items).unwrap_or_default();
    models.iter().enumerate().try_for_each(|(index, model)| moved.check(model, index))
}

/// Names that were moved out of parameters.
///
/// The reference moves the name from the parameters into `model` in place. Where an alias or a merge key makes two
/// models share one mapping, the second one finds it gone (`docs/LOADING.md` 7).
#[derive(Default)]
struct Moved {
    out_of: HashSet<(*const Map, &'static str)>,
    into: HashMap<*const Map, Node>,
}

impl Moved {
    fn check(&mut self, model: &Node, index: usize) -> Result<(), ConfigError> {
        let Value::Map(map) = &model.value else { return Ok(()) };
        let own = self.into.get(&Rc::as_ptr(map)).or_else(|| map.get("model")).cloned();
        let own = own.filter(|name| name.value.is_truthy());
        let in_parameters = model.get("parameters").and_then(|parameters| self.named_in(parameters));
        let name = match (own, in_parameters) {
            (Some(_), Some((name, key))) => return Err(twice(&name, key, index)),
            (Some(name), None) => name,
            (None, Some((name, key))) => {
                self.move_out(model, map, key, &name);
                name
            }
            (None, None) => return Err(absent(model, index)),
        };
        let blank = to_text(&name.value).is_none_or(|name| strip(&name).is_empty());
        if blank { Err(absent(&name, index)) } else { Ok(()) }
    }

    fn named_in(&self, parameters: &Node) -> Option<(Node, &'static str)> {
        let Value::Map(map) = &parameters.value else { return None };
        ["model_name", "model"].into_iter().find_map(|key| {
            let name = map.get(key).filter(|name| name.value.is_truthy())?;
            (!self.out_of.contains(&(Rc::as_ptr(map), key))).then(|| (name.clone(), key))
        })
    }

    fn move_out(&mut self, model: &Node, map: &Rc<Map>, key: &'static str, name: &Node) {
        if let Some(Value::Map(parameters)) = model.get("parameters").map(|parameters| &parameters.value) {
            self.out_of.insert((Rc::as_ptr(parameters), key));
        }
        self.into.insert(Rc::as_ptr(map), name.clone());
    }
}

fn twice(name: &Node, key: &str, index: usize) -> ConfigError {
    ConfigError::at(
        ErrorKind::Rule,
        &name.place,
        format!("names the model in `model` and again in `parameters.{key}`"),
    )
    .about(format_args!("models[{index}]"))
    .help("keep one of the two")
}

fn absent(node: &Node, index: usize) -> ConfigError {
    ConfigError::at(ErrorKind::Rule, &node.place, "does not name its model")
        .about(format_args!("models[{index}]"))
        .help("add `model: <name>`, or `parameters: {model_name: <name>}`; models that share parameters by an alias need a name each")
}
