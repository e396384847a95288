// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The page in use: events as they arrive, filters, sessions, keys, hostile texts, and a collector that is restarted.

use serde_json::{Value, json};
use telemetry_tests::browser::key;
use telemetry_tests::collecting::Collecting;
use telemetry_tests::home::Home;

use super::{collect, envelope, get, lifecycle, open, openshell, post, shows};

const SELECTED: &str = "document.querySelector('[aria-selected=true] .session')?.textContent";

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
    assert_eq!(browser.value(SELECTED), "three");
    browser.press(key::ESCAPE);
    browser.wait_for(&shows(5));
    assert_eq!(browser.value("document.getElementById('detail').hidden"), true);

    // The session of the third row, and all sessions again.
    browser.press(&format!("jj{}", key::DOWN));
    assert_eq!(browser.value(SELECTED), "one");
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

    // Paused, nothing moves; then everything is there.
    browser.press("p");
    assert_eq!(post(&collector, "two", &[lifecycle("create")]), 200);
    browser.wait_for("document.getElementById('newest').innerText.includes('1 new event')");
    browser.press("p");
    browser.wait_for(&shows(6));

    browser.press("?");
    assert_eq!(browser.value("document.getElementById('help').open"), true);
    browser.press(key::ESCAPE);
    assert_eq!(browser.value("document.getElementById('help').open"), false);
    assert_eq!(browser.log(), [] as [&str; 0]);
}

/// Texts that would be markup, script, another direction, or the end of a text.
fn hostile() -> String {
    let long = "x".repeat(8192);
    format!(
        "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1><a href=javascript:window.hacked=1>\u{202e}exe.\u{0}\u{1b}[2J\u{2028}\n&lt;{long}"
    )
}

#[test]
fn hostile_texts_stay_texts() {
    let home = Home::new();
    let collector = collect(&home, &["--accept-unknown"]);
    let text = hostile();
    let event = json!({"name": text, "ts": text, "parameters": {&text: text, "__proto__": {"hacked": 1}, "exact": 0}});
    let mut request = envelope(&text, &[event]);
    for key in ["clientId", "clientVer", "eventSchemaVer", &text] {
        request[key] = json!(text);
    }
    let request = request.to_string().replace("\"exact\":0", "\"exact\":12345678901234567890123");
    assert_eq!(collector.post(&request).status, 200);
    assert_eq!(
        post(&collector, "one", &[json!({"name": text, "parameters": [text, null, [[]], "\u{202e}"]})]),
        422
    );
    let Some(browser) = open(&collector) else { return };
    browser.wait_for(&shows(2));
    browser.press(&format!("jj{}", key::ENTER));
    browser.wait_for("!document.getElementById('detail').hidden");
    browser.run("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
    let title = browser.value("document.getElementById('detail-title').textContent");
    let start = r"</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1><a href=javascript:window.hacked=1>\u{202e}exe.\u{0}\u{1b}[2J\u{2028}\n&lt;xxx";
    assert!(title.as_str().unwrap().starts_with(start), "{title}");
    assert!(
        browser
            .value("document.querySelector('pre').textContent")
            .as_str()
            .unwrap()
            .contains("12345678901234567890123")
    );
    // The filter with such a session and such a name, and what is offered to choose.
    browser.press("s");
    browser.wait_for(&shows(1));
    browser.wait_for("document.getElementById('name').options.length > 1");
    browser.press("s");
    browser.run("const name = document.getElementById('name'); name.value = name.options[1].value; name.dispatchEvent(new Event('change'))");
    browser.wait_for(&shows(2));
    for (count, expected) in [
        ("document.querySelectorAll('script, img, iframe, object, embed, base').length", json!(1)),
        ("document.querySelectorAll('main a').length", json!(0)),
        ("window.hacked ?? Object.prototype.hacked ?? 'not hacked'", json!("not hacked")),
        ("/[\\u202e\\u2028\\u0000\\u001b]/.test(document.body.innerText)", json!(false)),
        ("document.documentElement.scrollWidth <= innerWidth", json!(true)),
    ] {
        assert_eq!(browser.value(count), expected, "{count}");
    }
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
