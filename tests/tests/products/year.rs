// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A year of changes in a workspace of two crates that share one schema file: each mistake is one error for each place that
//! has to change, on the token that has to change, and following its help text ends green.
//!
//! Nothing is fetched: the workspace takes the versions of this one's lock file.

mod packaging;
mod workspace;

use workspace::{SCHEMA, SHOP, TILL, Workspace};

#[test]
fn each_change_of_a_year_is_an_error_for_each_place_that_has_to_change() {
    let workspace = Workspace::new("0.1.0");
    workspace.assert_green("the start");
    a_field_is_added(&workspace);
    a_variant_is_added(&workspace);
    the_version_is_raised(&workspace);
    an_event_is_added_to_the_second_crate(&workspace);
    a_field_is_renamed_and_sent_as_before(&workspace);
    a_field_is_renamed_and_sent_as_something_else(&workspace);
    an_event_is_removed(&workspace);
    the_file_is_deleted(&workspace);
}

/// First to the schema, then to the struct; and the reverse.
fn a_field_is_added(workspace: &Workspace) {
    let property = r#""numBags": {"type": "integer", "minimum": 0, "maximum": 9},"#;
    workspace.edit(SCHEMA, r#""numArticles": {"#, &format!("{property} \"numArticles\": {{"));
    workspace.edit(SCHEMA, r#""payment", "numArticles"]"#, r#""payment", "numArticles", "numBags"]"#);
    let missing = "requires `numBags`, but no field is sent as `numBags`\nhelp: add a field `num_bags`";
    workspace.assert_refused("a required property is added", &[(SHOP, "Checkout", missing)]);
    workspace.edit(
        SHOP,
        "    pub num_articles: u32,\n}",
        "    pub num_articles: u32,\n    /// Bags.\n    #[telemetry(range = 0..=9)]\n    pub num_bags: u32,\n}",
    );
    workspace.edit(SHOP, "num_articles: 3 }", "num_articles: 3, num_bags: 1 }");
    workspace.assert_green("the field is added");

    workspace.edit(SHOP, "pub struct Tip {", "pub struct Tip {\n    /// In cents.\n    pub cents: u8,");
    workspace.edit(SHOP, "Tip { payment", "Tip { cents: 50, payment");
    let unknown = "has no property `cents`\nhelp: remove the field, or add `cents` to the schema";
    workspace.assert_refused("a field without a property is added", &[(SHOP, "cents", unknown)]);
    let tip = workspace.read(SCHEMA).split_once("\"tip\"").unwrap().1.to_owned();
    let with_cents = tip.replacen("\"payment\":", "\"cents\": {\"type\": \"integer\"}, \"payment\":", 1);
    workspace.edit(SCHEMA, &tip, &with_cents);
    workspace.assert_green("its property is added");
}

/// To an enum that three events use.
fn a_variant_is_added(workspace: &Workspace) {
    workspace.edit(SHOP, "    Card,\n", "    Card,\n    Voucher,\n");
    let unknown = "`#/definitions/types/Payment` does not allow `voucher` of `Payment`\nhelp: the schema has `cash`, `card`";
    workspace.assert_refused("a variant is added", &[(SHOP, "Voucher", unknown)]);
    workspace.edit(SCHEMA, r#"["cash", "card"]"#, r#"["cash", "card", "voucher", "cheque"]"#);
    workspace.assert_green("its text is added, and one that no variant has");
    workspace.edit(SCHEMA, r#""cash", "card","#, r#""cash","#);
    let removed = "`#/definitions/types/Payment` does not allow `card` of `Payment`\nhelp: the schema has `cash`, \
                   `voucher`, `cheque`";
    workspace.assert_refused("a text is removed", &[(SHOP, "Card", removed)]);
    workspace.edit(SCHEMA, r#""cash","#, r#""cash", "card","#);
    workspace.assert_green("it is there again");
}

/// One edit in the file and one in the code.
fn the_version_is_raised(workspace: &Workspace) {
    workspace.edit(SCHEMA, r#""schemaVersion": "1.0""#, r#""schemaVersion": "1.1""#);
    let other = "has version `1.1` at `#/schemaMeta/schemaVersion`, but `SCHEMA_VERSION` is `1.0`\n\
                 help: write `const SCHEMA_VERSION: &str = \"1.1\";`";
    workspace.assert_refused("the version is raised", &[(SHOP, "SCHEMA_VERSION", other)]);
    workspace.edit(SHOP, "const SCHEMA_VERSION: &str = \"1.0\";", "const SCHEMA_VERSION: &str = \"1.1\";");
    workspace.assert_green("the constant is raised");
}

fn an_event_is_added_to_the_second_crate(workspace: &Workspace) {
    let event = |name: &str| {
        format!(
            "\n/// A till was closed.\n#[derive(Debug, TelemetryEvent)]\n#[telemetry(product = Shop, event_name = \
             \"{name}\", schema_version = SCHEMA_VERSION, schema = \"../../schemas/product.json\")]\n\
             pub struct TillClosed {{}}\n"
        )
    };
    let till = workspace.read(TILL);
    workspace.write(TILL, &(till + &event("till_closed")));
    let unknown = "has no event `till_closed` at `#/definitions/events`\nhelp: the schema has `checkout`, `refund`, `tip`, \
                   `till_opened`";
    workspace.assert_refused("an event is added", &[(TILL, "\"till_closed\"", unknown)]);
    let described =
        r#""till_closed": {"properties": {"shopSource": {"const": "shop"}}, "additionalProperties": false},"#;
    workspace.edit(SCHEMA, "\"till_opened\":", &format!("{described}\n      \"till_opened\":"));
    workspace.assert_green("it is described");
}

fn a_field_is_renamed_and_sent_as_before(workspace: &Workspace) {
    workspace.edit(TILL, "pub is_first: bool", "pub opens_the_day: bool");
    workspace.edit(TILL, "{ is_first: true }", "{ opens_the_day: true }");
    let unknown =
        "has no property `opensTheDay`\nhelp: write `#[telemetry(rename = \"isFirst\")]` if that is its name";
    workspace.assert_refused("a field is renamed", &[(TILL, "opens_the_day", unknown)]);
    workspace.edit(
        TILL,
        "    pub opens_the_day",
        "    #[telemetry(rename = \"isFirst\")]\n    pub opens_the_day",
    );
    workspace.assert_green("it keeps its name on the wire");
}

fn a_field_is_renamed_and_sent_as_something_else(workspace: &Workspace) {
    let schema = workspace.read(SCHEMA);
    workspace.write(SCHEMA, &schema.replace("isFirst", "opensTheDay"));
    let unknown = "has no property `isFirst`\nhelp: write `#[telemetry(rename = \"opensTheDay\")]`";
    workspace.assert_refused("a property is renamed", &[(TILL, "\"isFirst\"", unknown)]);
    workspace.edit(TILL, "rename = \"isFirst\"", "rename = \"opensTheDay\"");
    workspace.assert_green("the field is sent as the property");
    workspace.edit(TILL, "    #[telemetry(rename = \"opensTheDay\")]\n", "");
    workspace.assert_green("its name is that of the property anyway");

    let schema = workspace.read(SCHEMA);
    workspace.write(SCHEMA, &schema.replace("numArticles", "pieces"));
    let unknown = "has no property `numArticles`\nhelp: write `#[telemetry(rename = \"pieces\")]`";
    workspace.assert_refused("another property is renamed", &[(SHOP, "num_articles", unknown)]);
    let shop = workspace.read(SHOP);
    workspace.write(SHOP, &shop.replace("num_articles", "pieces"));
    workspace.assert_green("the field gets its name");
    workspace.write(SCHEMA, &schema);
    workspace.write(SHOP, &shop);
}

/// From the file, then from the code; and the reverse.
fn an_event_is_removed(workspace: &Workspace) {
    let schema = workspace.read(SCHEMA);
    let (start, end) = (schema.find("\"tip\"").unwrap(), schema.find("\"till_closed\"").unwrap());
    workspace.write(SCHEMA, &(schema[..start].to_owned() + &schema[end..]));
    let unknown = "has no event `tip` at `#/definitions/events`\nhelp: the schema has `checkout`, `refund`, \
                   `till_closed`, `till_opened`";
    workspace.assert_refused("an event is removed from the file", &[(SHOP, "\"tip\"", unknown)]);
    let shop = workspace.read(SHOP);
    let (start, end) =
        (shop.find("/// A customer was").unwrap(), shop.find("/// Reports everything").unwrap());
    workspace.write(SHOP, &(shop[..start].to_owned() + &shop[end..]));
    workspace.edit(SHOP, "    telemetry.emit(Tip { cents: 50, payment: Payment::Cash });\n", "");
    workspace.assert_green("it is removed from the code");

    let till = workspace.read(TILL);
    workspace.write(TILL, till.split_once("\n/// A till was closed").unwrap().0);
    workspace.assert_green("another one is removed from the code, and the file still describes it");
}

/// One error in the crate, not one for each event that names the file.
fn the_file_is_deleted(workspace: &Workspace) {
    let schema = workspace.read(SCHEMA);
    std::fs::remove_file(workspace.path(SCHEMA)).unwrap();
    let missing = "cannot read schema `../../schemas/product.json`: the file does not exist\nhelp: restore the file, or \
                   correct the path: it starts at the directory of the package's `Cargo.toml`";
    workspace.assert_refused("the file is deleted", &[(SHOP, "\"../../schemas/product.json\"", missing)]);
    workspace.write(SCHEMA, &schema);
    workspace.assert_green("it is there again");
    workspace.write(SCHEMA, &schema.replace("\"maximum\": 1000", "\"maximum\": 999"));
    let range = "requires a number from 0 to 999, but `u32` ranges from 0 to 1000";
    workspace.assert_refused("a bound is lowered", &[(SHOP, "u32", range)]);
    workspace.edit(SHOP, "range = 0..=1000", "range = 0..=999");
    workspace.assert_green("the range is lowered");
}
