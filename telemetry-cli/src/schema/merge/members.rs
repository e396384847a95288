// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Members of JSON objects, which keep their order.

use telemetry_schema::__cli1::{Json, Node};

/// The members of an object; empty for other values.
pub(super) fn of(json: &Json) -> &[(String, Json)] {
    match json {
        Json::Object(members) => members,
        _ => &[],
    }
}

/// The member called `name`, mutable.
pub(super) fn get_mut<'j>(json: &'j mut Json, name: &str) -> Option<&'j mut Json> {
    let Json::Object(members) = json else { return None };
    members.iter_mut().find(|(known, _)| known == name).map(|(_, value)| value)
}

/// Sets a member where it is, or adds it at the end.
pub(super) fn set(json: &mut Json, name: &str, value: Json) {
    if let Some(known) = get_mut(json, name) {
        *known = value;
    } else if let Json::Object(members) = json {
        members.push((name.to_owned(), value));
    }
}

/// Removes a member.
pub(super) fn remove(json: &mut Json, name: &str) {
    if let Json::Object(members) = json {
        members.retain(|(known, _)| known != name);
    }
}

/// The schema with this description, if there is one. A description that differs only in line breaks is kept.
pub(super) fn describe(mut json: Json, description: Option<&str>) -> Json {
    let Some(description) = description else { return json };
    let is_same = |known: &Json| match known {
        Json::Text(text) => text.split_whitespace().eq(description.split_whitespace()),
        _ => false,
    };
    if json.get("description").is_some_and(is_same) {
        return json;
    }
    let text = Json::Text(description.to_owned());
    if json.get("description").is_none()
        && let Json::Object(members) = &mut json
    {
        let type_first = members.iter().position(|(name, _)| name == "type" || name == "$ref");
        members.insert(type_first.map_or(0, |place| place + 1), ("description".to_owned(), text));
    } else {
        set(&mut json, "description", text);
    }
    json
}

/// Sets `required` of the object `json`, which was `old`: the properties that `new` requires, and those that are `kept` although
/// they are not sent.
pub(super) fn require(json: &mut Json, old: &Node<'_>, new: &Node<'_>, kept: impl Fn(&str) -> bool) {
    let (known, wanted) = (texts(old, "required"), texts(new, "required"));
    let mut merged: Vec<String> =
        known.into_iter().filter(|name| wanted.contains(name) || kept(name)).collect();
    insert_missing(&mut merged, &wanted, |one, other| one == other);
    if !merged.is_empty() || old.optional("required").is_some() {
        set(json, "required", Json::Array(merged.into_iter().map(Json::Text).collect()));
    }
}

/// The texts that a keyword lists.
pub(super) fn texts(node: &Node<'_>, keyword: &str) -> Vec<String> {
    let Some(Json::Array(items)) = node.json().get(keyword) else { return Vec::new() };
    let text = |item: &Json| match item {
        Json::Text(text) => Some(text.clone()),
        _ => None,
    };
    items.iter().filter_map(text).collect()
}

/// Adds the missing texts of `wanted`, each after its predecessor in `wanted`.
pub(super) fn insert_missing<T: Clone>(list: &mut Vec<T>, wanted: &[T], is_same: impl Fn(&T, &T) -> bool) {
    let mut place = 0;
    for item in wanted {
        match list.iter().position(|known| is_same(known, item)) {
            Some(known) => place = known + 1,
            None => {
                list.insert(place, item.clone());
                place += 1;
            }
        }
    }
}
