//! Makes up visits with many points of heatmaps, and posts them as browsers would, oldest first.

use std::{
    io,
    net::SocketAddr,
    sync::atomic::{AtomicU64, Ordering},
    thread,
};

use spoor::{
    heatmap::{Kind, Packer, Pointer, Spot},
    id::Chance,
    time::Millis,
    value::{Entries, Value},
    wire::Page,
};

use crate::{
    browser::{Browser, add, heat},
    client::Client,
    journey::mix,
    measure::now,
};

/// The site of the visits, and the page that has a tenth of all views.
pub const SITE: &str = "heat";
pub const BUSY: &str = "/p/0";
/// The visits lie in the time before now.
const PERIOD_MS: u64 = 28 * 24 * 3600 * 1000;
const PAGES: u64 = 50;
/// Of a hundred views, those of the busy page; of a hundred visits, those that come again, of a campaign, and that buy.
const BUSY_VIEWS: u64 = 10;
const RETURNING: u64 = 35;
const CAMPAIGN: u64 = 30;
const BUYING: u64 = 3;
/// Elements of a page, in a column.
const ELEMENTS: u64 = 40;
const ELEMENT_HEIGHT: u32 = 120;
/// Chunks of a view: it lasts a minute, and a chunk goes each half.
const CHUNKS: u32 = 2;
const CHUNK_MS: u64 = 30_000;
/// Moves of a chunk where there is a mouse, and clicks of any.
const MOVES: u64 = 60;
const CLICKS: u64 = 4;

/// Posts visits until they have this many points.
pub fn fill(to: SocketAddr, points: u64, connections: usize, seed: u64) -> io::Result<()> {
    let (begun, sent) = (AtomicU64::new(0), AtomicU64::new(0));
    let end = now().0;
    thread::scope(|scope| {
        let posting: Vec<_> = (0..connections)
            .map(|_| {
                scope.spawn(|| {
                    let mut client = Client::connect(to)?;
                    loop {
                        let so_far = sent.load(Ordering::Relaxed);
                        if so_far >= points {
                            return Ok(());
                        }
                        let share = so_far as f64 / points as f64;
                        let began = end - PERIOD_MS + (share * PERIOD_MS as f64) as u64;
                        let number = begun.fetch_add(1, Ordering::Relaxed) as u32;
                        let (body, made) = visit(seed, number, began, end);
                        client.post_until_taken(&body)?;
                        sent.fetch_add(made, Ordering::Relaxed);
                    }
                })
            })
            .collect();
        posting.into_iter().try_for_each(|thread| {
            let done = thread.join();
            done.map_err(|_| io::Error::other("a connection failed"))?
        })
    })
}

/// A visit's window, and what points in it.
struct Device {
    viewport: [u32; 2],
    pointer: Pointer,
}

const DESKTOP: Device = Device {
    viewport: [1280, 800],
    pointer: Pointer::Mouse,
};
const TABLET: Device = Device {
    viewport: [820, 1180],
    pointer: Pointer::Touch,
};
const PHONE: Device = Device {
    viewport: [390, 844],
    pointer: Pointer::Touch,
};

/// Returns the body of a visit of three pages, and its points.
fn visit(seed: u64, number: u32, began: u64, end: u64) -> (String, u64) {
    let mut chance = Chance::new(mix(seed, number));
    let device = [&DESKTOP, &DESKTOP, &DESKTOP, &TABLET, &PHONE, &PHONE][chance.below(6) as usize];
    let visitor = if chance.below(100) < RETURNING {
        chance.below(u64::from(number) + 1) as u32
    } else {
        number
    };
    let visitor = Chance::new(mix(seed + 1, visitor)).id(Millis(end - PERIOD_MS));
    let campaign = if chance.below(100) < CAMPAIGN {
        "spring"
    } else {
        ""
    };
    let mut browser =
        Browser::new(mix(seed, number), SITE, Millis(began), device.viewport).by(visitor, campaign);
    let (mut pages, mut points) = (Vec::new(), 0);
    for view in 0..3 {
        let (mut page, made) = page(&mut browser, device, began + view * 2 * CHUNK_MS);
        if view == 0 {
            let variant = ["plain", "bold"][browser.chance.below(2) as usize];
            let params = vec![("exp_variant_string".to_owned(), Value::from(variant))];
            add(&mut page, 10, "experience_impression", params);
        }
        if view == 2 && browser.happens(BUYING) {
            add(&mut page, 50_000, "purchase", Entries::new());
        }
        points += made;
        pages.push(page);
    }
    (browser.body(pages, Millis(end)), points)
}

fn page(browser: &mut Browser, device: &Device, opened_at: u64) -> (Page, u64) {
    let number = if browser.happens(BUSY_VIEWS) {
        0
    } else {
        1 + browser.chance.below(PAGES - 1)
    };
    let mut page = browser.page(&format!("/p/{number}"), "A page", Millis(opened_at));
    page.document[1] = ELEMENTS as u32 * ELEMENT_HEIGHT;
    add(&mut page, 0, "page_view", Entries::new());
    let mut seconds = 30.0;
    let bands = (0..20).map(|_| {
        seconds = f64::max(seconds - browser.chance.below(4) as f64, 0.0);
        Value::from(seconds)
    });
    let bands = vec![("attention".to_owned(), Value::List(bands.collect()))];
    add(&mut page, 59_000, "user_engagement", bands);
    let mut points = 0;
    for part in 0..CHUNKS {
        let mut chunk = Packer::default();
        fill_chunk(
            &mut chunk,
            &mut browser.chance,
            device,
            u64::from(part) * CHUNK_MS,
        );
        points += u64::from(chunk.len());
        page.heat.push(heat(&mut chunk, 10 + part));
    }
    (page, points)
}

fn fill_chunk(chunk: &mut Packer, chance: &mut Chance, device: &Device, since: u64) {
    let moves = if device.pointer == Pointer::Mouse {
        MOVES / 2 + chance.below(MOVES)
    } else {
        0
    };
    let clicks = 1 + chance.below(2 * CLICKS - 1);
    let width = device.viewport[0] - 40;
    let (mut element, mut place) = (chance.below(ELEMENTS), [width / 2, ELEMENT_HEIGHT / 2]);
    let mut selector = selector(element);
    let all = moves + clicks;
    for number in 0..all {
        let is_click = number * clicks / all != (number + 1) * clicks / all;
        if chance.below(8) == 0 || device.pointer == Pointer::Touch {
            element = (element + chance.below(5)).min(ELEMENTS - 1);
            selector = self::selector(element);
        }
        let mut near =
            |at: u32, most: u32| (at + chance.below(121) as u32).saturating_sub(60).min(most);
        place = [near(place[0], width), near(place[1], ELEMENT_HEIGHT)];
        let kind = if is_click { Kind::Click } else { Kind::Move };
        let top = element as u32 * ELEMENT_HEIGHT;
        let spot = Spot {
            kind,
            pointer: device.pointer,
            ..Spot::click(&selector, [20, top, width, ELEMENT_HEIGHT], place)
        };
        // So few are never too many.
        let _ = chunk.add(&spot, (since + number * CHUNK_MS / all) as u32);
    }
}

fn selector(element: u64) -> String {
    match element % 4 {
        0 => format!("#item-{element}"),
        1 => format!("main > section:nth-of-type({element}) > div.card > a"),
        2 => format!("[data-spoor=\"teaser-{element}\"]"),
        _ => format!("ul.products > li:nth-of-type({element}) img"),
    }
}
