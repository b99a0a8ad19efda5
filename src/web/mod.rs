//! The edge in the browser: hears the document, tells the core, does what the core wants done.
//!
//! This file holds the exports; each converts, calls, converts back. They are functions and not methods, because a page has
//! one tracker, and a class costs glue and a count of references.

use core::{cell::RefCell, mem::ManuallyDrop};

use lol_alloc::{FreeListAllocator, LockedAllocator};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{
    config::Config,
    heard::{self, page_facts},
    json::write_int,
    text::append,
    time::Millis,
    tracker::{Effect, Tracker},
};

// Only numbers and texts cross. web-sys, js-sys, serde-wasm-bindgen and gloo-timers would do the same for 5 KB of brotli more, see
// docs/size.md.
#[wasm_bindgen(module = "/src/web/dom.js")]
extern "C" {
    fn act(text: &str);
}

#[global_allocator]
static ALLOCATOR: LockedAllocator<FreeListAllocator> =
    LockedAllocator::new(FreeListAllocator::new());

thread_local! {
    /// Never dropped but by the next `start`: a page has no end at which Wasm could clean up.
    static TRACKER: RefCell<ManuallyDrop<Option<Tracker>>> = const { RefCell::new(ManuallyDrop::new(None)) };
}

/// Begins the page's view, in place of what ran before; returns whether this visitor is followed at all. `config` is what
/// js/config.js writes, `page` what `page` of dom.js does, `bot` what js/bot.js says of the browser.
/// Not for shops: `init` of the package wraps this module, guarded.
#[wasm_bindgen]
pub fn start(
    config: &str,
    page: &str,
    saved: &str,
    bot: &str,
    seed: u64,
    further_seed: u64,
    time: f64,
) -> bool {
    let (tracker, effects) = Tracker::start(
        Config::read(config),
        &page_facts(page),
        saved,
        bot,
        [seed, further_seed],
        Millis(time as u64),
    );
    let is_followed = tracker.is_followed();
    if is_followed {
        TRACKER.with_borrow_mut(|slot| **slot = Some(tracker));
        run(effects, true, time);
    }
    is_followed
}

/// Takes in what happened, see [`heard`], by now, which is `time`. Returns whether the last of it, where that was a rule's, had
/// something to tell, or led to another page. What was recognised is told to JavaScript only where somebody is `listening`.
#[wasm_bindgen]
pub fn hear(said: &str, listening: bool, time: f64) -> bool {
    // Lets go of the tracker before the effects are done: one of them may call back.
    let mut effects = Vec::new();
    let mut has_told = false;
    TRACKER.with_borrow_mut(|slot| {
        if let Some(tracker) = &mut **slot {
            effects = heard::hear(tracker, said, Millis(time as u64));
            has_told = tracker.has_told();
        }
    });
    run(effects, listening, time);
    has_told
}

/// Has JavaScript do all of `effects`, in one text, see `act` of dom.js.
fn run(effects: Vec<Effect>, listening: bool, time: f64) {
    // Of several, only the last one holds.
    let (mut saved, mut wake_at) = (None, None);
    let mut out = String::new();
    for effect in effects {
        match effect {
            Effect::Send(request) => {
                let [way, id] = [request.way as u32, request.id].map(|number| int(number.into()));
                let texts = [&*way, &id, &request.batch, &request.body];
                line(&mut out, 0, &texts);
            }
            Effect::Drop(batch) => line(&mut out, 5, &[&batch]),
            Effect::Keep(batch, text) => line(&mut out, 6, &[&batch, &text]),
            Effect::Draft(batch, text) => line(&mut out, 7, &[&batch, &text]),
            Effect::WakeAt(at) => wake_at = Some(at),
            Effect::Save(text) => saved = Some(text),
            Effect::Tell(name, params) => {
                if listening {
                    line(&mut out, 1, &[&name, &params]);
                }
            }
            Effect::Answer(text) => line(&mut out, 2, &[&text]),
        }
    }
    if let Some(text) = saved {
        line(&mut out, 3, &[&text]);
    }
    if let Some(at) = wake_at {
        line(&mut out, 4, &[&int(at.since(Millis(time as u64)))]);
    }
    if !out.is_empty() {
        act(&out);
    }
}

/// Appends what is to be done, by its code, and the texts that say more. None of them has a separator: JSON escapes them.
fn line(out: &mut String, code: u8, texts: &[&str]) {
    out.push(char::from(b'0' + code));
    for text in texts {
        append(out, &["\x1d", text]);
    }
    out.push('\x1c');
}

fn int(number: u64) -> String {
    let mut out = String::new();
    write_int(&mut out, number);
    out
}
