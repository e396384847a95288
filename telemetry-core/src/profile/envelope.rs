// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What an envelope says differently from the others, and the headers of its request, as data.

use super::Profile;
use telemetry_schema::text::{is_printable, is_same, is_token};

/// The order of the three keys of an event in its envelope.
///
/// The collector accepts any; a product that replaces a client of its own keeps the order of that one.
///
/// ```
/// use telemetry_core::Profile;
/// use telemetry_core::profile::EventKeyOrder;
///
/// const PROFILE: Profile = Profile::new("shop", "1").event_keys(EventKeyOrder::NameLast);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventKeyOrder {
    /// `ts`, `name`, `parameters`, as NeMo Guardrails writes them.
    NameFirst,
    /// `ts`, `parameters`, `name`, as most other clients do.
    NameLast,
    /// `name`, `parameters`, `ts`.
    TimeLast,
}

/// Headers that belong to the transport.
const TRANSPORT_HEADERS: [&str; 5] =
    ["connection", "content-length", "content-type", "host", "transfer-encoding"];

impl Profile {
    /// Sets values of the envelope that are not those of the other products (reference: `envelope_differences`).
    ///
    /// The keys that can be set, and what they hold otherwise:
    ///
    /// | key | default |
    /// |---|---|
    /// | `browserType`, `deviceId`, `deviceMake`, `deviceModel`, `deviceOS`, `deviceOSVersion`, `deviceType`, `externalUserId`, `idpId`, `integrationId`, `productName`, `productVersion`, `userId` | `undefined` |
    /// | `clientType`, `clientVariant` | `Native`, `Release` |
    /// | `clientVer` | the [version](crate::client::ClientBuilder::version) that the host gives |
    /// | `cpuArchitecture` | the architecture of the machine; a host can set it with [`host_facts`](crate::client::ClientBuilder::host_facts) |
    /// | `deviceGdprBehOptIn`, `deviceGdprFuncOptIn`, `deviceGdprTechOptIn`, `gdprBehOptIn`, `gdprFuncOptIn`, `gdprTechOptIn` | `None` |
    ///
    /// `clientId`, `eventSysVer` and `sessionId` have settings of their own, `eventSchemaVer` is the event's, and `eventProtocol`
    /// and `sentTs` cannot be set.
    ///
    /// ```
    /// # use telemetry_core::Profile;
    /// const PROFILE: Profile =
    ///     Profile::new("switchyard", "184482118588404").envelope_values(&[("deviceOS", std::env::consts::OS)]);
    /// ```
    ///
    /// # Panics
    ///
    /// If a key is unknown, occurs twice or has a setting of its own, or if a value is empty; in a constant that is a
    /// compile error.
    ///
    /// ```compile_fail
    /// # use telemetry_core::Profile;
    /// const PROFILE: Profile = Profile::new("shop", "1").envelope_values(&[("sessionId", "me")]); // `Profile::session`
    /// ```
    ///
    /// ```compile_fail
    /// # use telemetry_core::Profile;
    /// const PROFILE: Profile = Profile::new("shop", "1").envelope_values(&[("deviceOs", "Linux")]); // `deviceOS`
    /// ```
    #[must_use]
    pub const fn envelope_values(mut self, values: &'static [(&'static str, &'static str)]) -> Self {
        let mut rest = values;
        while let [(key, value), others @ ..] = rest {
            check_envelope_key(key);
            assert!(is_printable(value), "an envelope's value is printable ASCII, such as `undefined`");
            assert!(!has_name(key, others), "an envelope has each key once");
            rest = others;
        }
        self.envelope_values = values;
        self
    }

    /// Sets the order of an event's own three keys. Default: [`EventKeyOrder::NameFirst`].
    #[must_use]
    pub const fn event_keys(mut self, order: EventKeyOrder) -> Self {
        self.event_keys = order;
        self
    }

    /// Adds headers to every request. `User-Agent`, which is otherwise `nemo-telemetry/` and the version of this crate, may be
    /// among them. `Content-Type` and those that say where a request ends are set by the transport alone.
    ///
    /// ```
    /// # use telemetry_core::Profile;
    /// const PROFILE: Profile = Profile::new("shop", "1").headers(&[
    ///     ("User-Agent", concat!("shop/", env!("CARGO_PKG_VERSION"))),
    ///     ("X-Event-Protocol", "1.6"),
    /// ]);
    /// ```
    ///
    /// # Panics
    ///
    /// If a name or a value is invalid, if a name occurs twice, or if the header is set by the transport; in a constant that is
    /// a compile error.
    ///
    /// ```compile_fail
    /// # use telemetry_core::Profile;
    /// const PROFILE: Profile = Profile::new("shop", "1").headers(&[("content-length", "0")]); // the transport knows it
    /// ```
    #[must_use]
    pub const fn headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        let mut rest = headers;
        while let [(name, value), others @ ..] = rest {
            assert!(is_token(name), "a header's name has letters, digits, `-`, `_` and `.`");
            assert!(is_printable(value), "a header's value is printable ASCII");
            assert!(!is_transport_header(name), "this header is set by the transport: leave it out");
            assert!(!has_name(name, others), "a request has each header once");
            rest = others;
        }
        self.headers = headers;
        self
    }

    /// What this product says under `key`, if that is not what the others say.
    #[cfg(feature = "client")]
    pub(crate) fn envelope_value(&self, key: &str) -> Option<&'static str> {
        self.envelope_values.iter().find(|(own, _)| *own == key).map(|(_, value)| *value)
    }
}

const fn check_envelope_key(key: &str) {
    assert!(!is_same(key, "clientId"), "the client id is given to `Profile::new`");
    assert!(!is_same(key, "eventSysVer"), "this value has a setting of its own: `Profile::system_version`");
    assert!(!is_same(key, "eventSchemaVer"), "the schema version is the event's: `schema_version = \"…\"`");
    assert!(!is_same(key, "sessionId"), "this value has a setting of its own: `Profile::session`");
    assert!(!is_same(key, "sentTs"), "the time of sending is not known before");
    assert!(!is_same(key, "eventProtocol"), "the protocol is fixed by this crate");
    assert!(
        super::envelope_keys::has_key(key),
        "an envelope has no such key; spell it as the reference does: `deviceOS`"
    );
}

const fn has_name(name: &str, pairs: &[(&str, &str)]) -> bool {
    let mut rest = pairs;
    while let [(first, _), tail @ ..] = rest {
        if first.eq_ignore_ascii_case(name) {
            return true;
        }
        rest = tail;
    }
    false
}

/// Whether only the transport sets this header.
pub(crate) const fn is_transport_header(name: &str) -> bool {
    let mut rest: &[&str] = &TRANSPORT_HEADERS;
    while let [first, tail @ ..] = rest {
        if first.eq_ignore_ascii_case(name) {
            return true;
        }
        rest = tail;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::envelope_keys::has_key;

    /// The keys in the documentation of [`Profile::envelope_values`]: those that can be set, and the others.
    fn documented() -> (Vec<&'static str>, Vec<&'static str>) {
        let lines =
            || include_str!("envelope.rs").lines().filter_map(|line| line.trim().strip_prefix("/// "));
        let quoted = |text: &'static str| text.split('`').skip(1).step_by(2).filter(|word| has_key(word));
        let table = lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
        let settable = table.flat_map(|keys| keys.split(['`', ',', ' ']).filter(|word| has_key(word)));
        let others = lines().skip_while(|line| !line.starts_with("`clientId`")).take(2).flat_map(quoted);
        (settable.collect(), others.collect())
    }

    #[test]
    fn the_documentation_names_every_key_of_an_envelope_and_says_whether_it_can_be_set() {
        let (settable, others) = documented();
        assert_eq!((settable.len(), others.len()), (23, 6), "{settable:?} {others:?}");
        for key in settable {
            check_envelope_key(key);
        }
        for key in others {
            assert!(std::panic::catch_unwind(|| check_envelope_key(key)).is_err(), "{key}");
        }
    }
}
