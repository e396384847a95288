// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The page in use: events as they arrive, filters, sessions, keys, hostile texts, and a collector that is restarted.

use serde_json::Value;
use telemetry_tests::browser::key;
use telemetry_tests::collecting::Collecting;
use telemetry_tests::home::Home;

use super::{collect, get, lifecycle, open, openshell, post, shows};

/// The selected row has this session.
fn selected(session: &str) -> String {
    format!("document.querySelector('[aria-selected=true] .session')?.textContent === '{session}'")
}

#[test]
fn events_appear_and_everything_is_reached_by_keys() {
    let home = Home::new();
    let collector = collect(&home, &[]);
    let Some(browser) = open(&collector) else { return };
    browser.wait_for("document.getElementById('empty').innerText.includes('endpoint variable')");
    for session in ["one", "two", "one"] {
        assert_eq!(post(&collector, session, &[lifecycle("create")]), 200);
    }
    assert_eq!(post(&collector, "three", &[lifecycle("steal")]), 422);
    browser.wait_for(&shows(4));
    browser.wait_for("document.getElementById('totals').innerText === '4 events stored, 1 invalid'");

    // The newest event is invalid: Enter opens it, with its reason, pointer and envelope.
    browser.press(&format!("j{}", key::ENTER));
    browser.wait_for("document.activeElement.id === 'detail'");
    let detail = browser.value("document.getElementById('detail').innerText");
    for word in ["openshell_lifecycle_event", "invalid: 1 violation", "/operation", "steal", "1.2.3"] {
        assert!(detail.as_str().unwrap().contains(word), "{word} is not in {detail}");
    }
    assert_eq!(browser.value("document.querySelector('dt.wrong').textContent"), "operation");
    let raw = browser.value("document.querySelectorAll('#detail pre')[1].textContent");
    let stored = get(&collector, "/api/events?limit=1").json()["events"][0]["envelope"].clone();
    assert_eq!(serde_json::from_str::<Value>(raw.as_str().unwrap()).unwrap(), stored);

    // An event that arrives meanwhile does not move the list.
    assert_eq!(post(&collector, "two", &[lifecycle("delete")]), 200);
    browser.wait_for("document.getElementById('newest').innerText.includes('1 new event')");
    browser.wait_for(&selected("three"));
    browser.press(key::ESCAPE);
    browser.wait_for(&shows(5));
    assert_eq!(browser.value("document.getElementById('detail').hidden"), true);

    // The session of the third row, and all sessions again.
    browser.press(&format!("jj{}", key::DOWN));
    browser.wait_for(&selected("one"));
    browser.press("s");
    browser.wait_for(&shows(2));
    browser
        .wait_for("document.getElementById('session-text').innerText.startsWith('one: 2 events, 0 invalid')");
    assert_eq!(browser.value("location.search"), "?session=one");
    browser.press("s");
    browser.wait_for(&shows(5));

    // Only invalid events; a search; the filter survives a reload; Escape clears it.
    browser.press("i");
    browser.wait_for(&shows(1));
    browser.press("i/DELETE");
    browser.wait_for(&shows(1));
    browser.wait_for("document.getElementById('totals').innerText === '1 event found, 0 invalid'");
    assert_eq!(browser.value("document.getElementById('export-csv').search"), "?q=DELETE&format=csv");
    browser.run("location.reload()");
    browser.wait_for(&shows(1));
    assert_eq!(browser.value("document.getElementById('q').value"), "DELETE");
    browser.press(key::ESCAPE);
    browser.wait_for(&shows(5));

    // Each filter is an entry of the history; the text that was typed is one.
    for (step, rows, search) in
        [("back", 1, "?q=DELETE"), ("back", 5, ""), ("back", 1, "?valid=false"), ("forward", 5, "")]
    {
        browser.run(&format!("history.{step}()"));
        browser.wait_for(&format!("location.search === '{search}'"));
        browser.wait_for(&shows(rows));
    }

    // Paused, nothing moves; then everything is there.
    browser.press("p");
    assert_eq!(post(&collector, "two", &[lifecycle("create")]), 200);
    browser.wait_for("document.getElementById('newest').innerText.includes('1 new event')");
    browser.press("p");
    browser.wait_for(&shows(6));

    browser.press("?");
    assert_eq!(browser.value("document.getElementById('help').open"), true);
    browser.run("document.getElementById('single-keys').click()");
    browser.press(key::ESCAPE);
    assert_eq!(browser.value("document.getElementById('help').open"), false);

    // Turned off, keys with a single character do nothing, also after a reload; others still do.
    browser.run("location.reload()");
    browser.wait_for(&shows(6));
    browser.press(&format!("ip{}", key::DOWN));
    browser.wait_for("document.querySelector('[aria-selected=true]') !== null");
    assert_eq!(browser.value("document.getElementById('connection-text').textContent"), "Live");
    assert_eq!(browser.value("location.search"), "");
    assert_eq!(browser.log(), [] as [&str; 0]);
}

#[test]
fn the_page_goes_on_after_a_restart_of_the_collector() {
    let home = Home::new();
    let store = home.path().join("events.sqlite");
    let collector = collect(&home, &["--store", store.to_str().unwrap()]);
    let Some(browser) = open(&collector) else { return };
    assert_eq!(post(&collector, "before", &[lifecycle("create")]), 200);
    browser.wait_for(&shows(1));
    let address = collector.address.clone();
    drop(collector);
    browser.wait_for("document.getElementById('connection').dataset.state === 'lost'");
    // A screen reader reads each change of this text, so there is one when the connection is lost and one when it is back.
    browser.run("window.changes = 0; new MutationObserver(() => { window.changes += 1; }).observe(document.getElementById('connection-text'), { childList: true });");
    // Longer than the first attempts to connect take.
    std::thread::sleep(std::time::Duration::from_millis(800));
    assert_eq!(browser.value("window.changes"), 0);
    let again = |store: &str| Collecting::start_at(&address, openshell(&home), &["--store", store]);
    let collector = again(store.to_str().unwrap());
    assert_eq!(post(&collector, "after", &[lifecycle("create"), lifecycle("delete")]), 200);
    browser.wait_for(&shows(3));
    drop(collector);
    // Another store, whose ids begin again: the page shows it, and nothing of the old one.
    let collector = again(home.path().join("other.sqlite").to_str().unwrap());
    assert_eq!(post(&collector, "other", &[lifecycle("create")]), 200);
    browser.wait_for(&shows(1));
    assert_eq!(browser.value("document.querySelector('.row .session').textContent"), "other");
}

/// A browser opens at most six connections to one address, so pages in the background have none.
#[test]
fn a_page_in_the_background_has_no_connection_and_catches_up() {
    let home = Home::new();
    let store = home.path().join("events.sqlite");
    let collector = collect(&home, &["--store", store.to_str().unwrap()]);
    let Some(browser) = open(&collector) else { return };
    for _ in 0..7 {
        browser.open_tab(&format!("http://{}/", collector.address));
        browser.wait_for("document.getElementById('connection').dataset.state === 'live'");
    }
    browser.show_tab(0);
    assert_eq!(post(&collector, "one", &vec![lifecycle("create"); 5000]), 200);
    assert_eq!(post(&collector, "two", &[lifecycle("delete")]), 200);
    browser.wait_for("document.getElementById('row-5001') !== null");
    browser.show_tab(3);
    browser.wait_for("document.getElementById('row-5001') !== null");
    assert_eq!(browser.log(), [] as [&str; 0]);
}
