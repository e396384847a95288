// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Files that would be taken for one another.

use telemetry_core::consent::ConsentFile;
use telemetry_core::profile::{AuditPolicy, SessionPolicy};
use telemetry_core::{ConsentPolicy, Profile};

const SHOP: Profile = Profile::new("shop", "1");
const STATE: ConsentFile = ConsentFile::yaml("state.json", "consent", &["yes"]);

// refused: two files of the product have one name: marker, audit log, consent or session
const AUDIT_OPTS_OUT: Profile = SHOP.audit(AuditPolicy::in_file("do_not_track"));

// refused: two files of the product have one name: marker, audit log, consent or session
const SESSION_IS_AUDITED: Profile = SHOP.session(SessionPolicy::stored("usage_stats.json", 30));

// refused: two files of the product have one name: marker, audit log, consent or session
const SESSION_AGREES: Profile =
    SHOP.session(SessionPolicy::stored("state.json", 30)).consent(ConsentPolicy::strict().file(STATE));

// refused: an audit log is a plain name in the configuration directory
const AUDIT_ELSEWHERE: Profile = SHOP.audit(AuditPolicy::in_file("a/b"));

// refused: a directory's name is made of `a-z 0-9 _ -`
const DIRECTORY_ELSEWHERE: Profile = SHOP.directory("../shop");

// refused: `nemo-telemetry` is the directory of all products: choose the name of this one
const OF_ALL_PRODUCTS: Profile = Profile::new("nemo-telemetry", "1");

// refused: `nemo-telemetry` is the directory of all products: choose the name of this one
const IN_THAT_OF_ALL: Profile = Profile::new("shop", "1").directory("nemo-telemetry");
