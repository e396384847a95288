// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Closed vocabularies: enums whose variants are texts on the wire.

use std::fmt;

use crate::descriptor::EnumDescriptor;
use crate::value::TelemetryValue;

/// A closed vocabulary. Derive it; see the crate `telemetry-derive` for the grammar.
///
/// ```
/// use telemetry_core::TelemetryEnum;
///
/// /// Where the product runs.
/// #[derive(Debug, PartialEq, TelemetryEnum)]
/// #[telemetry(rename_all = "snake_case")]
/// enum Host {
///     BareMetal,
///     Cloud,
/// }
///
/// fn texts<E: TelemetryEnum>() -> Vec<&'static str> {
///     E::VARIANTS.iter().map(E::as_str).collect()
/// }
/// assert_eq!(texts::<Host>(), ["bare_metal", "cloud"]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a closed vocabulary",
    note = "put `#[derive(TelemetryEnum)]` on the enum"
)]
pub trait TelemetryEnum: TelemetryValue + Sized + 'static {
    /// Every variant, in the order of declaration.
    const VARIANTS: &'static [Self];

    /// The description of the vocabulary: its name, texts and origin.
    const DESCRIPTOR: &'static EnumDescriptor;

    /// The text on the wire.
    fn as_str(&self) -> &'static str;
}

/// A text that is not in a closed vocabulary.
///
/// ```
/// use telemetry_core::TelemetryEnum;
///
/// /// How it ended.
/// #[derive(Debug, TelemetryEnum)]
/// #[telemetry(rename_all = "snake_case")]
/// enum Outcome {
///     Success,
///     Failure,
/// }
///
/// let error = "Success".parse::<Outcome>().unwrap_err();
/// assert_eq!(error.to_string(), "`Success` is not in the vocabulary `Outcome`: use `success` or `failure`");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct VocabularyError {
    text: String,
    vocabulary: &'static EnumDescriptor,
}

impl VocabularyError {
    pub(crate) fn new<E: TelemetryEnum>(text: &str) -> Self {
        Self { text: text.to_owned(), vocabulary: E::DESCRIPTOR }
    }

    /// The texts of the vocabulary, in the order of declaration.
    ///
    /// ```
    /// # use telemetry_core::TelemetryEnum;
    /// # /// How it ended.
    /// # #[derive(Debug, TelemetryEnum)]
    /// # #[telemetry(rename_all = "snake_case")]
    /// # enum Outcome {
    /// #     Success,
    /// #     Failure,
    /// # }
    /// let error = "done".parse::<Outcome>().unwrap_err();
    /// assert_eq!(error.allowed(), ["success", "failure"]);
    /// ```
    #[must_use]
    pub const fn allowed(&self) -> &'static [&'static str] {
        self.vocabulary.variants
    }
}

impl fmt::Display for VocabularyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.vocabulary.name;
        write!(f, "`{}` is not in the vocabulary `{name}`: use ", self.text.escape_debug())?;
        let Some((last, others)) = self.allowed().split_last() else { return f.write_str("nothing") };
        if let Some((first, middle)) = others.split_first() {
            write!(f, "`{first}`")?;
            middle.iter().try_for_each(|text| write!(f, ", `{text}`"))?;
            f.write_str(" or ")?;
        }
        write!(f, "`{last}`")
    }
}

impl std::error::Error for VocabularyError {}
