// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Manifests that name what no event has.

use crate::{Manifest, Schemas};

const SHOP: &str = r#"{
    "schemaMeta": {"schemaVersion": "1.0", "clientId": "7"},
    "definitions": {"events": {
        "order": {
            "required": ["numArticles", "outcome"],
            "additionalProperties": false,
            "properties": {
                "numArticles": {"type": "integer", "minimum": 0, "maximum": 64},
                "outcome": {"enum": ["success", "failure", "cli"]},
                "ratio": {"type": ["number", "null"], "minimum": 0},
                "paid": {"type": "boolean"},
                "note": {"type": "string"},
                "gone": {"type": "null"},
                "kinds": {"items": {"enum": ["book", "toy"]}},
                "tags": {"items": {"type": "string"}},
                "total": {"type": "integer"},
                "models": {"items": {
                    "required": ["name"],
                    "additionalProperties": false,
                    "properties": {"name": {"type": "string"}, "a/b": {"type": "integer"}}
                }},
                "any": true
            }
        },
        "login": {"additionalProperties": {"type": "integer"}, "properties": {}},
        "logout": {"additionalProperties": false, "properties": {}}
    }}
}"#;

/// An event `order` of another product, and one that only it has.
const BAKERY: &str = r#"{
    "schemaMeta": {"schemaVersion": "2.0", "clientId": "8"},
    "definitions": {"events": {
        "order": {"additionalProperties": false, "properties": {"numRolls": {"type": "integer"}}},
        "oven_heated": {"properties": {}}
    }}
}"#;

const KEYS: [&str; 4] = ["clientId", "clientVer", "eventSchemaVer", "sessionId"];

fn shop() -> Schemas {
    Schemas::new().envelope_keys(KEYS).schema("shop.json", SHOP).unwrap()
}

fn check(text: &str, schemas: &Schemas) -> Result<(), String> {
    Manifest::parse(text).unwrap().check(schemas).map_err(|error| error.to_string())
}

/// A manifest that expects this of the events `order`.
fn order(line: &str) -> String {
    format!("[[event]]\nname = \"order\"\n{line}\n")
}

#[test]
fn what_an_event_can_have_is_no_mistake() {
    for line in [
        "fields = { numArticles = 64, outcome = \"cli\", ratio = 0.5, paid = true, note = \"\" }",
        "fields = { numArticles = 3.0, ratio = 2, total = -9_223_372_036_854_775_808 }",
        "fields = { numArticles = { one_of = [0, 1] }, ratio = { max = 0 }, outcome = { present = true } }",
        "fields = { numArticles = { min = 64 }, total = { min = -1, max = 1.5 }, any = { min = 1 } }",
        "fields = { kinds = [\"book\", \"toy\"], tags = [], any = { equal = { x = [1] } } }",
        "fields = { models = [{ name = \"a\" }, { name = \"b\", \"a/b\" = 1 }], \"/models/12/a~1b\" = 1 }",
        "fields = { \"/any/x/0/y\" = \"z\", \"\" = { present = true }, \"/models\" = [] }",
        "fields = { email = { absent = true }, \"/models/0/prompt\" = { absent = true } }",
        "where = { ratio = { absent = true }, outcome = \"failure\" }\nincreasing = [\"total\", \"ratio\", \"any\"]",
        "envelope = { clientVer = { one_of = [\"1.0\", \"1.1\"] }, eventSchemaVer = \"1.0\", clientId = \"7\" }",
    ] {
        assert_eq!(check(&order(line), &shop()), Ok(()), "{line}");
    }
    let any = "[[event]]\nname = \"login\"\nfields = { whatever = 3 }\n[[event]]\nname = \"logout\"\n";
    assert_eq!(check(&format!("order = [\"login\", \"order\"]\n{any}"), &shop()), Ok(()));
    assert_eq!(check("silent = \"1s\"\n", &Schemas::new()), Ok(()));
}

#[test]
fn each_name_and_value_that_no_event_has_is_a_mistake_at_its_place() {
    const FIELDS: &str = "`numArticles`, `outcome`, `ratio`, `paid`, `note`, `gone`, `kinds`, `tags`, `total`, `models`, `any`";
    for (line, place, problem, help) in [
        ("fields = { numArticle = 1 }", 12, "event `order` has no field `numArticle`", "write `numArticles`"),
        (
            "fields = { \"/num_articles\" = { present = true } }",
            12,
            "event `order` has no field `num_articles`",
            "write `numArticles`",
        ),
        (
            "fields = { xyzzy = { min = 1 } }",
            12,
            "event `order` has no field `xyzzy`",
            &format!("the fields are {FIELDS}"),
        ),
        ("where = { outcom = \"cli\" }", 11, "event `order` has no field `outcom`", "write `outcome`"),
        ("increasing = [\"total\", \"totl\"]", 24, "event `order` has no field `totl`", "write `total`"),
        (
            "fields = { \"/models/0/nmae\" = \"a\" }",
            12,
            "event `order` has no field `/models/0/nmae`",
            "write `/models/0/name`",
        ),
        (
            "fields = { \"/models/name\" = \"a\" }",
            12,
            "event `order` has no field `/models/name`",
            "`models` is a list: write `/models/0/name`",
        ),
        (
            "fields = { \"/outcome/x\" = 1 }",
            12,
            "event `order` has no field `/outcome/x`",
            "write `outcome`, which is one of `\"success\"`, `\"failure\"`, `\"cli\"`",
        ),
        (
            "fields = { clientVer = \"1\" }",
            12,
            "event `order` has no field `clientVer`",
            "it is in the envelope: write it in `envelope`",
        ),
        (
            "envelope = { outcome = \"cli\" }",
            14,
            "the envelope of event `order` has no field `outcome`",
            "it is a parameter: write it in `fields`",
        ),
        (
            "envelope = { clientVersion = \"1\" }",
            14,
            "the envelope of event `order` has no field `clientVersion`",
            "the fields are `clientId`, `clientVer`, `eventSchemaVer`, `sessionId`",
        ),
        (
            "envelope = { clientVer = 1.0 }",
            26,
            "`clientVer` of the envelope of event `order` cannot be `1.0`",
            "write `\"1.0\"`",
        ),
        (
            "envelope = { eventSchemaVer = \"2.0\" }",
            31,
            "`eventSchemaVer` of the envelope of event `order` cannot be `\"2.0\"`",
            "write `\"1.0\"`",
        ),
        (
            "envelope = { clientId = \"9\" }",
            25,
            "no schema has the client id `9`",
            "the client ids are `7`; for another product, add its schema",
        ),
        (
            "fields = { outcome = \"clI\" }",
            22,
            "`outcome` of event `order` cannot be `\"clI\"`",
            "write `\"cli\"`",
        ),
        (
            "fields = { outcome = \"maybe\" }",
            22,
            "`outcome` of event `order` cannot be `\"maybe\"`",
            "write one of `\"success\"`, `\"failure\"`, `\"cli\"`",
        ),
        (
            "fields = { outcome = { one_of = [\"cli\", \"sucess\"] } }",
            22,
            "`outcome` of event `order` cannot be `\"sucess\"`",
            "write `\"success\"`",
        ),
        ("fields = { outcome = 1 }", 22, "`outcome` of event `order` cannot be `1`", "write one of "),
        (
            "fields = { numArticles = 3.5 }",
            26,
            "`numArticles` of event `order` cannot be `3.5`",
            "write an integer from 0 to 64",
        ),
        (
            "fields = { numArticles = 65 }",
            26,
            "`numArticles` of event `order` cannot be `65`",
            "write an integer from 0 to 64",
        ),
        (
            "fields = { numArticles = \"3\" }",
            26,
            "`numArticles` of event `order` cannot be `\"3\"`",
            "write an integer from 0 to 64",
        ),
        ("fields = { total = 1e300 }", 20, "`total` of event `order` cannot be `1e300`", "write an integer"),
        (
            "fields = { ratio = -0.5 }",
            20,
            "`ratio` of event `order` cannot be `-0.5`",
            "write a number of at least 0",
        ),
        (
            "fields = { paid = \"true\" }",
            19,
            "`paid` of event `order` cannot be `\"true\"`",
            "write `true` or `false`",
        ),
        ("fields = { note = 1 }", 19, "`note` of event `order` cannot be `1`", "write `\"1\"`"),
        (
            "fields = { gone = 1 }",
            19,
            "`gone` of event `order` cannot be `1`",
            "remove the line: the schema allows only `null`",
        ),
        (
            "fields = { kinds = \"book\" }",
            20,
            "`kinds` of event `order` cannot be `\"book\"`",
            "write `[\"book\"]`",
        ),
        (
            "fields = { kinds = [\"book\", \"tyo\"] }",
            20,
            "`kinds` of event `order` cannot contain `\"tyo\"`",
            "write `\"toy\"`",
        ),
        (
            "fields = { models = [{ nam = \"a\" }] }",
            21,
            "`models` of event `order` cannot contain `{ nam = \"a\" }`",
            "write an object with the fields `name`, `a/b`",
        ),
        (
            "fields = { \"/models/0\" = \"a\" }",
            26,
            "`/models/0` of event `order` cannot be `\"a\"`",
            "write an object with",
        ),
        (
            "fields = { numArticles = { min = 65 } }",
            26,
            "`numArticles` of event `order` cannot be a number of at least 65",
            "write bounds that fit: it is an integer from 0 to 64",
        ),
        (
            "fields = { ratio = { min = -2, max = -1 } }",
            20,
            "`ratio` of event `order` cannot be a number from -2 to -1",
            "write bounds that fit: it is a number of at least 0",
        ),
        (
            "fields = { note = { min = 1 } }",
            19,
            "`note` of event `order` is not a number",
            "write its value: it is a text",
        ),
        (
            "increasing = [\"paid\"]",
            15,
            "`paid` of event `order` is not a number",
            "remove it: it is `true` or `false`",
        ),
        (
            "fields = { outcome = { absent = true } }",
            22,
            "event `order` always has the field `outcome`",
            "write a value, or remove the line",
        ),
    ] {
        let error = check(&order(line), &shop()).unwrap_err();
        let expected = format!("manifest:3:{place}: {problem}\nhelp: {help}");
        assert!(error.starts_with(&expected), "{line}\n{error}\n{expected}");
    }
}

#[test]
fn a_name_that_no_event_has_is_a_mistake_even_if_none_may_come() {
    for (text, expected) in [
        ("[[event]]\nname = \"ordr\"\n", "manifest:2:8: no event has the name `ordr`\nhelp: write `order`"),
        (
            "[[event]]\nname = \"oder\"\ncount = 0\n",
            "manifest:2:8: no event has the name `oder`\nhelp: write `order`",
        ),
        (
            "order = [\"login\",\n\"ordre\"]\n",
            "manifest:2:1: no event has the name `ordre`\nhelp: write `order`",
        ),
        (
            "[[scenario]]\nname = \"é\"\n[[scenario.event]]\nname = \"é\"\n",
            "manifest:4:8: no event has the name `é`\nhelp: the events are `order`, `login`, `logout`; for another product, add its schema (`--schema`) or accept its events (`--accept-unknown`)",
        ),
    ] {
        assert_eq!(check(text, &shop()).unwrap_err(), expected);
    }
    let none = check("[[event]]\nname = \"order\"\n", &Schemas::new()).unwrap_err();
    assert_eq!(
        none,
        "manifest:2:8: no event has the name `order`\nhelp: for another product, add its schema (`--schema`) or accept its events (`--accept-unknown`)"
    );
}

#[test]
fn all_mistakes_are_listed_in_the_order_of_the_file_and_disturb_no_terminal() {
    let text = order("increasing = [\"b\\u001b[2J\"]\nfields = { a = 1, outcome = \"\\u001b[2J\" }");
    let error = check(&format!("order = [\"x\"]\n{text}"), &shop()).unwrap_err();
    let places: Vec<&str> =
        error.lines().filter(|line| line.starts_with("manifest:")).map(|line| &line[..14]).collect();
    assert_eq!(places, ["manifest:1:10:", "manifest:4:15:", "manifest:5:12:", "manifest:5:29:"], "{error}");
    assert!(!error.contains('\u{1b}'), "{error}");
}

#[test]
fn events_of_unknown_products_are_accepted_on_request_and_known_ones_are_still_checked() {
    let other = "[[event]]\nname = \"oven_heated\"\nfields = { degrees = 200 }\nenvelope = { x = 1 }\n";
    let client = order("fields = { whatever = 1 }\nenvelope = { clientId = \"9\" }");
    for text in [other, &client, "order = [\"oven_heated\"]"] {
        assert!(check(text, &shop()).is_err(), "{text}");
        assert_eq!(check(text, &shop().accept_unknown(true)), Ok(()), "{text}");
        assert_eq!(check(text, &Schemas::new().accept_unknown(true)), Ok(()), "{text}");
    }
    assert!(check(&order("fields = { numArticle = 1 }"), &shop().accept_unknown(true)).is_err());
}

#[test]
fn an_event_of_several_products_needs_to_be_possible_for_one_of_them() {
    let both = shop().schema("bakery.json", BAKERY).unwrap();
    for line in
        ["fields = { numArticles = 1 }", "fields = { numRolls = 1 }", "envelope = { clientId = \"8\" }"]
    {
        assert_eq!(check(&order(line), &both), Ok(()), "{line}");
    }
    for (line, expected) in [
        ("fields = { numRolls = 1, numArticles = 1 }", "event `order` has no field `num"),
        (
            "envelope = { clientId = \"7\" }\nfields = { numRolls = 1 }",
            "event `order` has no field `numRolls`",
        ),
        (
            "envelope = { clientId = \"8\", eventSchemaVer = \"1.0\" }",
            "cannot be `\"1.0\"`\nhelp: write `\"2.0\"`",
        ),
    ] {
        let error = check(&order(line), &both).unwrap_err();
        assert!(error.contains(expected), "{line}: {error}");
    }
    let both = both.schema("again.json", BAKERY).unwrap();
    let error = check(&order("envelope = { clientId = \"9\" }"), &both).unwrap_err();
    assert!(error.contains("help: the client ids are `7`, `8`; for another product"), "{error}");
    let error =
        check("[[event]]\nname = \"oven_heated\"\nenvelope = { clientId = \"7\" }\n", &both).unwrap_err();
    assert!(
        error.contains(
            "no event has the name `oven_heated`\nhelp: the events are `order`, `login`, `logout`;"
        ),
        "{error}"
    );
}

#[test]
fn the_first_schema_of_a_product_counts_and_one_without_a_client_id_is_for_all() {
    let narrow = SHOP.replace("\"failure\", ", "");
    let narrow_first = || Schemas::new().schema("narrow.json", &narrow).unwrap();
    let failure = order("fields = { outcome = \"failure\" }");
    assert!(check(&failure, &narrow_first().schema("shop.json", SHOP).unwrap()).is_err());
    let of_any = narrow.replace(", \"clientId\": \"7\"", "");
    let of_any = Schemas::new().schema("any.json", &of_any).unwrap();
    assert_eq!(check(&order("envelope = { clientId = \"9\" }"), &of_any), Ok(()));
    assert!(check(&failure, &of_any.schema("shop.json", SHOP).unwrap()).is_err());
}

#[test]
fn a_text_that_is_not_a_schema_is_refused_with_its_name_and_a_help() {
    for (text, expected) in [
        ("{", "schema `a.json:1:2` is not JSON: "),
        ("{}", "schema `a.json`: `#` "),
        (
            &SHOP.replace("\"maximum\": 64", "\"multipleOf\": 2"),
            "schema `a.json`: `#/definitions/events/order/properties/numArticles/multipleOf` ",
        ),
    ] {
        let error = Schemas::new().schema("a.json", text).unwrap_err().to_string();
        assert!(error.starts_with(expected) && error.contains("\nhelp: "), "{error}");
    }
}

#[test]
fn a_manifest_full_of_unknown_names_is_answered_with_the_first_of_them() {
    let events: String =
        (0..10_000).map(|number| format!("[[event]]\nname = \"order_{number}\"\n")).collect();
    let fields: String = (0..10_000).map(|number| format!("article{number} = {number}\n")).collect();
    for text in [events, order(&format!("[event.fields]\n{fields}"))] {
        let error = check(&text, &shop()).unwrap_err();
        assert_eq!(error.matches("manifest:").count(), 20, "{error}");
    }
}
