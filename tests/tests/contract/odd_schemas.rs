// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Schema files in odd spellings, which allow what they allow: each event compiles, and is sent as the schema has it.

#![forbid(unsafe_code)]
#![deny(missing_docs, warnings)]

use std::collections::BTreeMap;

use serde_json::json;
use telemetry_core::value::Token;
use telemetry_core::{TelemetryEnum, TelemetryEvent, TelemetryValue};

use crate::shop::{Payment, Shop, sent};

/// Events with one flag, each of another name or another file.
macro_rules! flags {
    ($($name:ident $event:literal $path:literal)*) => {$(
        /// Something happened.
        #[derive(TelemetryEvent)]
        #[telemetry(product = Shop, event_name = $event, schema_version = "1.0", schema = $path)]
        struct $name {
            /// Whether it did.
            flag: bool,
        }
    )*

    #[test]
    fn events_with_one_flag_are_sent() {
        $(assert_eq!(sent($name { flag: true }), (0, json!({"nemoSource": "shop", "flag": true})), $path);)*
    }
    };
}

flags! {
    ByteOrderMark "plain" "schemas/odd/byte_order_mark.json"
    DotDot "plain" "schemas/../schemas/odd/nested_in_order.json"
    MissingDirectory "plain" "no/such/../../schemas/odd/nested_in_order.json"
    Dots "plain" "./schemas/./odd/.././odd/nested_in_order.json"
    Nested "plain" "schemas/odd/nested_in_order.json"
    NestedReversed "plain" "schemas/odd/nested_reversed.json"
    NestedShuffled "plain" "schemas/odd/nested_shuffled.json"
    Tree "plain" "schemas/odd/tree_of_references.json"
    Typeless "typeless" "schemas/odd.json"
    Empty "empty" "schemas/odd.json"
    Anything "anything" "schemas/odd.json"
    SourceOnly "sourceOnly" "schemas/odd.json"
    Described "described" "schemas/odd.json"
    Open "open" "schemas/odd.json"
    Listed "listed" "schemas/odd.json"
}

/// Values that hold one another.
macro_rules! values {
    ($($outer:ident $inner:ident)*) => {$(
        /// A value around another one.
        #[derive(Debug, TelemetryValue)]
        struct $outer {
            /// That one.
            inner: $inner,
        }
    )*};
}

values! { T4 bool T3 T4 T2 T3 T1 T2 T0 T1 }

/// The same types in every order of the file.
macro_rules! nested {
    ($($name:ident $path:literal)*) => {$(
        /// Something happened.
        #[derive(TelemetryEvent)]
        #[telemetry(product = Shop, event_name = "nested", schema_version = "1.0", schema = $path)]
        struct $name {
            /// Where it happened.
            tree: T0,
        }
    )*

    #[test]
    fn types_may_refer_to_types_in_any_order() {
        $(
            let tree = T0 { inner: T1 { inner: T2 { inner: T3 { inner: T4 { inner: true } } } } };
            let inner = json!({"inner": {"inner": {"inner": {"inner": {"inner": true}}}}});
            assert_eq!(sent($name { tree }), (0, json!({"nemoSource": "shop", "tree": inner})));
        )*
    }
    };
}

nested! {
    InOrder "schemas/odd/nested_in_order.json"
    Reversed "schemas/odd/nested_reversed.json"
    Shuffled "schemas/odd/nested_shuffled.json"
}

/// The end of the tree.
#[derive(Debug, TelemetryValue)]
struct Leaf {
    /// A number.
    #[telemetry(range = 0..=9)]
    leaf: u8,
}

/// One of the branches that hold it.
#[derive(Debug, TelemetryValue)]
struct Branch {
    /// The next branch.
    p7: Twig,
}

/// Another one.
#[derive(Debug, TelemetryValue)]
struct Twig {
    /// The next branch.
    p0: Bud,
    /// One more.
    p19: Bud,
}

/// The last one.
#[derive(Debug, TelemetryValue)]
struct Bud {
    /// Its end.
    p3: Leaf,
}

/// Parts of a tree with more paths than any memory could hold copies of.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "leaves", schema_version = "1.0", schema = "schemas/odd/tree_of_references.json")]
struct Leaves {
    /// By one reference.
    first: Leaf,
    /// By the same reference.
    second: Leaf,
    /// By several.
    deep: Branch,
}

#[test]
fn a_reference_is_not_a_copy() {
    let bud = |leaf| Bud { p3: Leaf { leaf } };
    let deep = Branch { p7: Twig { p0: bud(3), p19: bud(12) } };
    assert_eq!(
        sent(Leaves { first: Leaf { leaf: 1 }, second: Leaf { leaf: 10 }, deep }),
        (
            2,
            json!({"nemoSource": "shop", "first": {"leaf": 1}, "second": {"leaf": 9},
            "deep": {"p7": {"p0": {"p3": {"leaf": 3}}, "p19": {"p3": {"leaf": 9}}}}})
        )
    );
}

/// Bounds of integers as generators of schemas write them.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "floats", schema_version = "1.0", schema = "schemas/odd.json")]
struct Floats {
    /// `0.0` and `1000.0`.
    #[telemetry(range = 0..=1000)]
    exact: u32,
    /// With exponents.
    #[telemetry(range = -1000..=1000)]
    exponent: i64,
    /// With fractions.
    #[telemetry(range = 0..=9)]
    fraction: u64,
    /// A bound above `i64::MAX`.
    #[telemetry(range = 0..=i64::MAX)]
    above: u64,
    /// A bound below `i64::MIN`.
    below: i64,
    /// A bound of a number.
    number: u32,
}

#[test]
fn whole_bounds_may_be_written_as_floats() {
    let event =
        Floats { exact: 1001, exponent: -1001, fraction: 10, above: u64::MAX, below: i64::MIN, number: 1 };
    assert_eq!(
        sent(event),
        (
            4,
            json!({"nemoSource": "shop", "exact": 1000, "exponent": -1000, "fraction": 9, "above": i64::MAX,
            "below": i64::MIN, "number": 1})
        )
    );
}

/// Maps whose keys are all named, and others.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "maps", schema_version = "1.0", schema = "schemas/odd.json")]
struct Maps {
    /// Every key is a property.
    all: BTreeMap<Payment, bool>,
    /// And one more property of another type.
    more: BTreeMap<Payment, bool>,
    /// Any other key may have any value.
    open: BTreeMap<Token, bool>,
    /// Any other key may have such values.
    rest: BTreeMap<Payment, bool>,
    /// With bounds that fit those of each property.
    #[telemetry(range = 0..=9)]
    bounded: BTreeMap<Payment, u64>,
}

#[test]
fn a_map_may_have_its_keys_as_properties() {
    let flags = || BTreeMap::from([(Payment::Card, true), (Payment::Cash, false)]);
    let open = [(Token::from_static("else"), true)].into();
    let event =
        Maps { all: flags(), more: flags(), open, rest: flags(), bounded: [(Payment::Card, 100)].into() };
    let flags = json!({"card": true, "cash": false});
    assert_eq!(
        sent(event),
        (
            1,
            json!({"nemoSource": "shop", "all": flags, "more": flags, "open": {"else": true}, "rest": flags,
            "bounded": {"card": 9}})
        )
    );
}

type Few = Option<u32>;

/// Options where the schema allows `null`, in each of its spellings.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "nulls", schema_version = "1.0", schema = "schemas/odd.json")]
struct Nulls {
    /// By another name.
    #[telemetry(range = 0..=5)]
    number: Few,
    /// With `null` first.
    #[telemetry(range = 0..=5)]
    wide: Option<u64>,
    /// Listed with the words.
    word: Option<Payment>,
    /// Without a type.
    without_type: Option<Payment>,
    /// In a list, and the list itself.
    #[telemetry(range = 0..=5)]
    list: Option<Vec<Option<u64>>>,
    /// In a map.
    #[telemetry(sentinel = BTreeMap::new())]
    map: BTreeMap<Token, Option<f64>>,
    /// By the schema `true`.
    anything: Option<bool>,
    /// By a schema that says nothing.
    described: Option<Payment>,
}

#[test]
fn options_are_allowed_where_null_is() {
    let event = Nulls {
        number: Some(6),
        wide: None,
        word: None,
        without_type: None,
        list: Some(vec![None, Some(6)]),
        map: [(Token::from_static("a"), None)].into(),
        anything: None,
        described: None,
    };
    assert_eq!(
        sent(event),
        (
            2,
            json!({"nemoSource": "shop", "number": 5, "wide": null, "word": null, "withoutType": null,
            "list": [null, 5], "map": {"a": null}, "anything": null, "described": null})
        )
    );
}

/// Annotations constrain nothing.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "annotated", schema_version = "1.0", schema = "schemas/odd.json")]
struct Annotated {
    /// With every annotation.
    flag: bool,
    /// By the schema `true`.
    anything: Vec<Payment>,
    /// Called like an annotation.
    read_only: bool,
    // The schema `false` of `never` allows no field, and requires none.
}

#[test]
fn annotations_and_boolean_schemas_are_read() {
    let event = Annotated { flag: true, anything: vec![Payment::Card], read_only: false };
    assert_eq!(
        sent(event),
        (0, json!({"nemoSource": "shop", "flag": true, "anything": ["card"], "readOnly": false}))
    );
}

/// All words of the schema but one, in another order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, TelemetryEnum)]
#[telemetry(rename_all = "lowercase")]
#[rustfmt::skip]
enum Flow {
    Flow299, Flow298, Flow297, Flow296, Flow295, Flow294, Flow293, Flow292, Flow291, Flow290,
    Flow289, Flow288, Flow287, Flow286, Flow285, Flow284, Flow283, Flow282, Flow281, Flow280,
    Flow279, Flow278, Flow277, Flow276, Flow275, Flow274, Flow273, Flow272, Flow271, Flow270,
    Flow269, Flow268, Flow267, Flow266, Flow265, Flow264, Flow263, Flow262, Flow261, Flow260,
    Flow259, Flow258, Flow257, Flow256, Flow255, Flow254, Flow253, Flow252, Flow251, Flow250,
    Flow249, Flow248, Flow247, Flow246, Flow245, Flow244, Flow243, Flow242, Flow241, Flow240,
    Flow239, Flow238, Flow237, Flow236, Flow235, Flow234, Flow233, Flow232, Flow231, Flow230,
    Flow229, Flow228, Flow227, Flow226, Flow225, Flow224, Flow223, Flow222, Flow221, Flow220,
    Flow219, Flow218, Flow217, Flow216, Flow215, Flow214, Flow213, Flow212, Flow211, Flow210,
    Flow209, Flow208, Flow207, Flow206, Flow205, Flow204, Flow203, Flow202, Flow201, Flow200,
    Flow199, Flow198, Flow197, Flow196, Flow195, Flow194, Flow193, Flow192, Flow191, Flow190,
    Flow189, Flow188, Flow187, Flow186, Flow185, Flow184, Flow183, Flow182, Flow181, Flow180,
    Flow179, Flow178, Flow177, Flow176, Flow175, Flow174, Flow173, Flow172, Flow171, Flow170,
    Flow169, Flow168, Flow167, Flow166, Flow165, Flow164, Flow163, Flow162, Flow161, Flow160,
    Flow159, Flow158, Flow157, Flow156, Flow155, Flow154, Flow153, Flow152, Flow151, Flow150,
    Flow149, Flow148, Flow147, Flow146, Flow145, Flow144, Flow143, Flow142, Flow141, Flow140,
    Flow139, Flow138, Flow137, Flow136, Flow135, Flow134, Flow133, Flow132, Flow131, Flow130,
    Flow129, Flow128, Flow127, Flow126, Flow125, Flow124, Flow123, Flow122, Flow121, Flow120,
    Flow119, Flow118, Flow117, Flow116, Flow115, Flow114, Flow113, Flow112, Flow111, Flow110,
    Flow109, Flow108, Flow107, Flow106, Flow105, Flow104, Flow103, Flow102, Flow101, Flow100,
    Flow099, Flow098, Flow097, Flow096, Flow095, Flow094, Flow093, Flow092, Flow091, Flow090,
    Flow089, Flow088, Flow087, Flow086, Flow085, Flow084, Flow083, Flow082, Flow081, Flow080,
    Flow079, Flow078, Flow077, Flow076, Flow075, Flow074, Flow073, Flow072, Flow071, Flow070,
    Flow069, Flow068, Flow067, Flow066, Flow065, Flow064, Flow063, Flow062, Flow061, Flow060,
    Flow059, Flow058, Flow057, Flow056, Flow055, Flow054, Flow053, Flow052, Flow051, Flow050,
    Flow049, Flow048, Flow047, Flow046, Flow045, Flow044, Flow043, Flow042, Flow041, Flow040,
    Flow039, Flow038, Flow037, Flow036, Flow035, Flow034, Flow033, Flow032, Flow031, Flow030,
    Flow029, Flow028, Flow027, Flow026, Flow025, Flow024, Flow023, Flow022, Flow021, Flow020,
    Flow019, Flow018, Flow017, Flow016, Flow015, Flow014, Flow013, Flow012, Flow011, Flow010,
    Flow009, Flow008, Flow007, Flow006, Flow005, Flow004, Flow003, Flow002, Flow001,
}

/// A part of a long vocabulary.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "subset", schema_version = "1.0", schema = "schemas/odd.json")]
struct Subset {
    /// One.
    kind: Flow,
    /// Several.
    kinds: Vec<Flow>,
}

#[test]
fn a_long_vocabulary_may_have_a_part_of_the_words() {
    assert_eq!(Flow::VARIANTS.len(), 299);
    assert_eq!(
        sent(Subset { kind: Flow::Flow299, kinds: vec![Flow::Flow001, Flow::Flow150] }),
        (0, json!({"nemoSource": "shop", "kind": "flow299", "kinds": ["flow001", "flow150"]}))
    );
}
