// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! An error with what caused it, for a line of a log or of a terminal.

use std::error::Error;
use std::fmt::Write;

/// The error and everything that caused it, as `the event cannot be sent: a value is out of range`. Errors of other
/// libraries often name their cause themselves; then it is not named again.
pub(crate) fn with_causes(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    for cause in causes.take(MOST_CAUSES).map(ToString::to_string) {
        if !is_named(&text, &cause) {
            let _ = write!(text, ": {cause}");
        }
    }
    text
}

/// Whether the text is this cause, or ends with it as one of its parts. `the URL has no host` does not name a cause `host`.
fn is_named(text: &str, cause: &str) -> bool {
    text.strip_suffix(cause).is_some_and(|rest| rest.is_empty() || rest.ends_with(": "))
}

/// More causes than errors have, for the case that one is its own.
const MOST_CAUSES: usize = 16;

#[cfg(test)]
mod tests {
    use std::fmt;

    use super::*;

    #[derive(Debug)]
    struct Level(&'static str, Option<Box<Level>>);

    impl fmt::Display for Level {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl Error for Level {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            self.1.as_deref().map(|cause| cause as _)
        }
    }

    fn caused_by(text: &'static str, cause: Level) -> Level {
        Level(text, Some(Box::new(cause)))
    }

    #[test]
    fn every_cause_is_named_once() {
        let lost = || Level("connection reset", None);
        assert_eq!(with_causes(&lost()), "connection reset");
        let error = caused_by("cannot post", caused_by("cannot write", lost()));
        assert_eq!(with_causes(&error), "cannot post: cannot write: connection reset");
        let error = caused_by("cannot post", caused_by("cannot write: connection reset", lost()));
        assert_eq!(with_causes(&error), "cannot post: cannot write: connection reset");
    }

    #[test]
    fn a_cause_that_is_the_end_of_another_sentence_is_named_all_the_same() {
        for (text, cause, shown) in [
            ("the URL has no host", "host", "the URL has no host: host"),
            ("cannot connect", "connect", "cannot connect: connect"),
            ("no:host", "host", "no:host: host"),
            ("cannot connect: no host", "host", "cannot connect: no host: host"),
            ("cannot connect: host", "host", "cannot connect: host"),
            ("host", "host", "host"),
            (": host", "host", ": host"),
        ] {
            assert_eq!(with_causes(&caused_by(text, Level(cause, None))), shown);
        }
    }

    #[cfg(feature = "http")]
    #[test]
    fn every_error_that_is_about_another_one_has_it_as_its_cause() {
        use crate::record::RecordError;
        use crate::time::IsoTimestamp;
        use crate::transport::{NoProxy, ProxyError, TransportError};
        use crate::value::Unsendable;

        let timestamp = IsoTimestamp::new(f64::NAN).unwrap_err();
        let proxy = ProxyError::new("ALL_PROXY", "has no host");
        for (error, text) in [
            (
                &RecordError::Timestamp(timestamp) as &dyn Error,
                "the event has an invalid time: `NaN` seconds is",
            ),
            (
                &RecordError::Value(Unsendable::OutOfRange),
                "a value prevents the event from being sent: a value is",
            ),
            (
                &RecordError::Json("a map has no keys".into()),
                "the event cannot be serialized: a map has no keys",
            ),
            (
                &NoProxy::Unusable(proxy),
                "the one that is configured cannot be used: the proxy in `ALL_PROXY` has no host",
            ),
            (&TransportError::new(caused_by("cannot post", Level("reset", None))), "cannot post: reset"),
        ] {
            let source = error.source().map(ToString::to_string).unwrap_or_default();
            assert!(
                !error.to_string().contains(&source),
                "`{error}` contains its cause, which reporters add"
            );
            let shown = with_causes(error);
            assert!(shown.starts_with(text), "{shown}");
        }
    }

    #[test]
    fn an_error_that_causes_itself_has_an_end() {
        #[derive(Debug)]
        struct Endless;
        impl fmt::Display for Endless {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("again and again")
            }
        }
        impl Error for Endless {
            fn source(&self) -> Option<&(dyn Error + 'static)> {
                Some(self)
            }
        }
        assert_eq!(with_causes(&Endless), "again and again");
    }
}
