// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The list reads on while its end is in view, whatever the size of the events, and the open event may be deleted meanwhile.

use std::path::Path;

use telemetry_tests::browser::{Browser, key};
use telemetry_tests::collecting::Collecting;
use telemetry_tests::home::Home;

use super::{collect, lifecycle, open, post, shows};

/// The events that are stored first.
const SMALL: usize = 300;

/// The events of 200 KB that are stored after them. An answer of the API has two of them.
const LARGE: usize = 8;

const STORED: usize = SMALL + LARGE;

/// The number of rows of the list, most of which are not in the document.
const LISTED: &str = "Math.round(parseFloat(document.getElementById('rows').style.height) / parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--row')))";

const NO_ALERT: &str =
    "![...document.querySelectorAll('[role=alert]')].some((alert) => alert.checkVisibility())";

/// A collector with a store of many small events and, after them, a few large ones.
fn filled(home: &Home, store: &Path) -> Collecting {
    let collector = collect(home, &["--store", store.to_str().unwrap()]);
    assert_eq!(post(&collector, "small", &vec![lifecycle("create"); SMALL]), 200);
    assert_eq!(post(&collector, "large", &vec![lifecycle(&"x".repeat(200_000)); LARGE]), 422);
    collector
}

fn delete(store: &Path, condition: &str) {
    let store = rusqlite::Connection::open(store).unwrap();
    assert_ne!(store.execute(&format!("DELETE FROM event WHERE {condition}"), []).unwrap(), 0);
}

/// The list has read on to small events, and not to all of them.
fn is_filled(browser: &Browser) {
    browser.wait_for(&format!("document.getElementById('row-{SMALL}') !== null"));
    assert_ne!(browser.value(LISTED), STORED);
}

#[test]
fn the_list_reads_on_while_its_end_is_in_view() {
    let home = Home::new();
    let store = home.path().join("events.sqlite");
    let collector = filled(&home, &store);
    let Some(browser) = open(&collector) else { return };
    is_filled(&browser);

    // A filter, a session, and all events again.
    for key in ["i", "js"] {
        browser.press(key);
        browser.wait_for(&shows(LARGE));
        browser.press(&key[key.len() - 1..]);
        is_filled(&browser);
    }

    // The end of the list, by a key.
    browser.press(key::END);
    browser.wait_for(&format!("{LISTED} === {STORED}"));
    browser.press(key::END);
    browser.wait_for("document.getElementById('row-1') !== null");

    // Events that are deleted before they are read.
    browser.run("location.reload()");
    browser.wait_for("document.getElementById('connection').dataset.state === 'live'");
    is_filled(&browser);
    delete(&store, "id <= 20");
    browser.press(key::END);
    browser.wait_for(&format!("{LISTED} === {STORED} - 20"));

    // A window that is higher than what was read, while the collector cannot be reached for some time.
    browser.run("location.reload()");
    browser.wait_for("document.getElementById('connection').dataset.state === 'live'");
    is_filled(&browser);
    browser.run(
        "const [ask, end] = [window.fetch, performance.now() + 1000]; window.failures = 0;
         window.fetch = (...question) => {
           if (!question[0].startsWith('/api/events') || (window.failures > 0 && performance.now() > end)) return ask(...question);
           window.failures += 1;
           return Promise.reject(new TypeError('unreachable'));
         };",
    );
    browser.be_a_screen((1280, 16_000));
    browser.wait_for("document.getElementById('problem').checkVisibility()");
    browser.wait_for(&shows(STORED - 20));
    assert_eq!(browser.value("window.failures"), 1, "it pauses after a failure");
    assert_eq!(browser.value(NO_ALERT), true);
    assert_eq!(browser.log(), [] as [&str; 0]);
}

#[test]
fn an_event_that_is_no_longer_stored_is_not_shown_as_another_one() {
    let home = Home::new();
    let store = home.path().join("events.sqlite");
    let collector = filled(&home, &store);
    let Some(browser) = open(&collector) else { return };
    let shows_reason = |reason: &str| {
        browser.wait_for(&format!(
            "document.querySelector('#detail [role=alert]')?.innerText.includes('{reason}')"
        ));
        assert_eq!(browser.value("document.querySelectorAll('#detail dl, #detail pre').length"), 0);
        let title = browser.value("document.getElementById('detail-title').innerText");
        assert_eq!(title, "openshell_lifecycle_event");
    };
    let shows_event = || {
        browser.wait_for("document.querySelectorAll('#detail pre').length === 2");
        assert_eq!(browser.value(NO_ALERT), true);
    };
    is_filled(&browser);
    browser.press(&format!("j{}", key::ENTER));
    shows_event();
    delete(&store, &format!("id = {STORED} - 1"));
    browser.press("j");
    shows_reason("no longer stored");
    browser.wait_for(&format!(
        "document.getElementById('totals').innerText.startsWith('{} events stored')",
        STORED - 1
    ));
    browser.press(key::ESCAPE);
    assert_eq!(browser.value(NO_ALERT), true, "the reason is closed with the event");
    assert_eq!(browser.value("document.getElementById('detail').hidden"), true);

    // Opened by Enter, by a click, and on the way to another one.
    browser.press(&format!("jj{}", key::ENTER));
    shows_reason("no longer stored");
    browser.press(key::ESCAPE);
    browser.press(&format!("jj{}j", key::ENTER));
    shows_event();
    browser.run(&format!("document.getElementById('row-{}').click()", STORED - 1));
    shows_reason("no longer stored");
    browser.run(&format!("document.getElementById('row-{STORED}').click()"));
    shows_event();
    assert_eq!(browser.log(), [] as [&str; 0]);

    drop(collector);
    browser.press("j");
    shows_reason("does not answer");
}
