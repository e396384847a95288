// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The integers of Rust, and the bounds in schemas with what they mean: known beforehand and not read, since reading them is what
//! is tested.

/// The integers that are values without a range with their bounds, the wide ones first.
pub const PLAIN: [(&str, i64, i64); 7] = [
    ("i64", i64::MIN, i64::MAX),
    ("u32", 0, u32::MAX as i64),
    ("i32", i32::MIN as i64, i32::MAX as i64),
    ("u16", 0, u16::MAX as i64),
    ("i16", i16::MIN as i64, i16::MAX as i64),
    ("u8", 0, u8::MAX as i64),
    ("i8", i8::MIN as i64, i8::MAX as i64),
];

/// A bound in a schema.
#[derive(Debug, Clone, Copy)]
pub struct Bound {
    /// As the file spells it.
    pub spelled: &'static str,
    /// The same as a `minimum` and as a `maximum`, in a spelling that a validator reads exactly which holds numbers as `i64`, `u64`
    /// or `f64`: any other bound is moved to the next integer inside.
    pub exact: [&'static str; 2],
    /// The next float inside, where that is another number.
    pub float: [&'static str; 2],
}

const fn plain(spelled: &'static str) -> Bound {
    Bound { spelled, exact: [spelled; 2], float: [spelled; 2] }
}

const fn between(spelled: &'static str, exact: &'static str, float: [&'static str; 2]) -> Bound {
    Bound { spelled, exact: [exact; 2], float }
}

const ABOVE_2_53: [&str; 2] = ["9007199254740994.0", "9007199254740992.0"];
const MAX_I64: [&str; 2] = ["9223372036854775808.0", "9223372036854774784.0"];
const MAX_U64: [&str; 2] = ["18446744073709551616.0", "18446744073709549568.0"];

/// Every bound that a generated schema has. The simplest are first.
pub const BOUNDS: [Bound; 35] = [
    plain("0"),
    plain("9"),
    plain("1"),
    plain("-1"),
    plain("255"),
    plain("65535"),
    plain("127"),
    plain("0.0"),
    plain("-0.0"),
    plain("0.5"),
    plain("9.5"),
    plain("-0.5"),
    plain("0.1"),
    plain("1e3"),
    plain("1.5E+1"),
    plain("5e-1"),
    plain("120e-1"),
    plain("-128"),
    plain("-128.5"),
    plain("4294967295"),
    plain("4294967295.0"),
    plain("9007199254740992"),
    between("9007199254740993", "9007199254740993", ABOVE_2_53),
    between("9007199254740993.0", "9007199254740993", ABOVE_2_53),
    Bound {
        spelled: "9007199254740992.5",
        exact: ["9007199254740993", "9007199254740992"],
        float: ["9007199254740994.0", "9007199254740992.0"],
    },
    between("-9007199254740993", "-9007199254740993", ["-9007199254740992.0", "-9007199254740994.0"]),
    between("9223372036854775807", "9223372036854775807", MAX_I64),
    between("9223372036854775807.0", "9223372036854775807", MAX_I64),
    plain("-9223372036854775808"),
    Bound {
        spelled: "-9223372036854775809",
        exact: ["-9223372036854775808", "-9223372036854777856.0"],
        float: ["-9223372036854775808.0", "-9223372036854777856.0"],
    },
    between("18446744073709551615", "18446744073709551615", MAX_U64),
    plain("18446744073709551616"),
    plain("1e19"),
    plain("-1e308"),
    Bound { spelled: "1e-400", exact: ["5e-324", "0"], float: ["5e-324", "0"] },
];

/// Bounds beyond all floats, which only integers have.
pub const BEYOND: [Bound; 2] = [
    Bound { spelled: "1e400", exact: ["1e308"; 2], float: ["1e308"; 2] },
    Bound { spelled: "-1e400", exact: ["-1e308"; 2], float: ["-1e308"; 2] },
];

/// The bound that is spelled `text`.
///
/// # Panics
///
/// If no generated schema has it.
#[must_use]
pub fn bound(text: &str) -> &'static Bound {
    let known = BOUNDS.iter().chain(&BEYOND).find(|bound| bound.spelled == text);
    known.unwrap_or_else(|| panic!("`{text}` is not among the bounds"))
}

impl Bound {
    /// The smallest `i64` from here.
    #[must_use]
    pub fn min_integer(&self) -> i64 {
        let text = self.exact[0];
        text.parse().unwrap_or_else(|_| saturated(float(text).ceil()))
    }

    /// The largest `i64` up to here.
    #[must_use]
    pub fn max_integer(&self) -> i64 {
        let text = self.exact[1];
        text.parse().unwrap_or_else(|_| saturated(float(text).floor()))
    }

    /// The smallest float from here.
    #[must_use]
    pub fn min_float(&self) -> f64 {
        float(self.float[0])
    }

    /// The largest float up to here.
    #[must_use]
    pub fn max_float(&self) -> f64 {
        float(self.float[1])
    }
}

fn float(text: &str) -> f64 {
    text.parse().expect("a bound is a number")
}

/// Casts saturate.
fn saturated(whole: f64) -> i64 {
    whole as i64
}
