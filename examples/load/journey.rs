//! Makes up visits to the demo shop: the same for the same seed, plausible in what leads to what.

use std::{io, net::SocketAddr};

use spoor::{
    heatmap::Packer,
    time::Millis,
    value::{Entries, Value},
    wire::Page,
};

use crate::{
    browser::{Browser, add, click, heat, item},
    client::Client,
    measure::now,
};

/// The visits lie in the time before now.
const PERIOD_MS: u64 = 14 * 24 * 3600 * 1000;
/// The demo shop's products: page, number, name, price.
const PRODUCTS: [(&str, &str, &str, f64); 5] = [
    ("product-brandon-tent", "CR-T2", "Brandon 2 Tent", 1299.0),
    ("product-skellig-jacket", "CR-J1", "Skellig Jacket", 389.0),
    ("product-torc-boot", "CR-B1", "Torc Boot", 249.0),
    ("product-ember-stove", "CR-S1", "Ember Stove", 79.0),
    ("product-enamel-mug", "CR-M1", "Enamel Mug", 18.5),
];
/// Windows of a desktop, a tablet and a phone.
const VIEWPORTS: [[u32; 2]; 3] = [[1280, 800], [820, 1180], [390, 844]];

/// Where product pages are clicked: selector, place on a desktop, chances in a hundred.
const PRODUCT_CLICKS: [(&str, [u32; 4], u64); 9] = [
    ("button[data-add-to-cart]", [760, 520, 240, 48], 30),
    ("button[data-wishlist]", [1010, 520, 48, 48], 16),
    (".options label:nth-of-type(2)", [840, 450, 80, 40], 34),
    ("video.product-video", [560, 1300, 640, 360], 22),
    (".share [data-method=\"copy_link\"]", [1000, 760, 80, 30], 7),
    ("a.logo", [40, 60, 120, 40], 12),
    (".shortcuts li:nth-of-type(2) a", [1200, 60, 44, 44], 15),
    (".facts dl", [700, 1000, 440, 220], 9),
    // No longer on the page: shown at its place in the page.
    ("#coupon-banner", [340, 980, 300, 60], 10),
];

/// Posts `visits` visits; returns what was done.
pub fn post(to: SocketAddr, site: &str, visits: u32, seed: u64) -> io::Result<String> {
    let mut client = Client::connect(to)?;
    let end = now().0;
    let mut bodies: Vec<_> = (1..=visits)
        .map(|number| visit(mix(seed, number), site, end))
        .collect();
    // A collector hears of visits in the order in which they are made.
    bodies.sort();
    for (_, body) in bodies {
        client.post_until_taken(&body)?;
    }
    Ok(format!("posted {visits} visits to {site}"))
}

/// Returns the seed of one visit, both halves of which differ from those of the others.
pub fn mix(seed: u64, number: u32) -> [u64; 2] {
    let one = seed << 32 | u64::from(number);
    [one, !one]
}

/// A visit under way.
struct Journey {
    browser: Browser,
    at: u64,
    pages: Vec<Page>,
    phone: bool,
}

/// Returns when a visit began, and its body.
fn visit(seed: [u64; 2], site: &str, end: u64) -> (u64, String) {
    let mut chance = spoor::id::Chance::new(seed);
    let started = end - PERIOD_MS + chance.below(PERIOD_MS - 3_600_000);
    let device = [0, 0, 0, 1, 2, 2, 2, 2][chance.below(8) as usize];
    let mut journey = Journey {
        browser: Browser::new(seed, site, Millis(started), VIEWPORTS[device]),
        at: started,
        pages: Vec::new(),
        phone: device == 2,
    };
    journey.go();
    let Journey {
        mut browser, pages, ..
    } = journey;
    (started, browser.body(pages, Millis(end)))
}

impl Journey {
    fn go(&mut self) {
        let mut home = self.open("/shop/index.html", "Mountain goods from Kenmare – Corrie");
        if self.browser.happens(24) {
            add(&mut home, 4_000, "view_promotion", Entries::new());
            if self.browser.happens(40) {
                add(&mut home, 9_000, "select_promotion", Entries::new());
            }
        }
        let mut wish = false;
        if self.browser.happens(6) {
            let method = vec![("method".to_owned(), Value::from("newsletter"))];
            add(&mut home, 21_000, "sign_up", method);
            wish = true;
        }
        self.close(home);
        let products = [0, 1, 1, 1, 2, 2, 3][self.browser.chance.below(7) as usize];
        let mut cart = Vec::new();
        for _ in 0..products {
            let wished = self.product(&mut cart);
            wish = wish || wished;
        }
        if !cart.is_empty() {
            self.checkout(&cart, wish);
        }
    }

    /// Looks at one product; tells whether it left a wish.
    fn product(&mut self, cart: &mut Vec<usize>) -> bool {
        let number = self.browser.chance.below(PRODUCTS.len() as u64) as usize;
        let (path, id, name, price) = PRODUCTS[number];
        let mut page = self.open(&format!("/shop/{path}.html"), &format!("{name} – Corrie"));
        let facts = item(id, name, price);
        add(&mut page, 20, "view_item", facts.clone());
        for (percent, chances, t) in [(25.0, 80, 3_000), (50.0, 60, 7_000), (90.0, 30, 15_000)] {
            if self.browser.happens(chances) {
                let params = vec![("percent_scrolled".to_owned(), Value::from(percent))];
                add(&mut page, t, "scroll", params);
            }
        }
        let mut keen = 14;
        for (event, chances, more, t) in [
            ("video_start", 18, 6, 16_000),
            ("size_guide_opened", 9, 14, 22_000),
            ("add_to_wishlist", 11, 24, 26_000),
            ("share", 4, 8, 31_000),
            ("rage_click", 3, -12, 33_000),
        ] {
            if self.browser.happens(chances) {
                add(&mut page, t, event, facts.clone());
                keen += more;
            }
        }
        if self.browser.happens(keen.max(1) as u64) {
            add(&mut page, 41_000, "add_to_cart", facts);
            cart.push(number);
        }
        self.clicks(&mut page);
        let wished = page
            .events
            .iter()
            .any(|event| event.name == "add_to_wishlist");
        self.close(page);
        wished
    }

    fn clicks(&mut self, page: &mut Page) {
        let mut chunk = Packer::default();
        for (selector, [x, y, width, height], chances) in PRODUCT_CLICKS {
            if !self.browser.happens(chances) {
                continue;
            }
            // People aim at the middle: the mean of two throws.
            let mut near = |size: u64| {
                ((self.browser.chance.below(size) + self.browser.chance.below(size)) / 2) as u32
            };
            let offset = [near(u64::from(width)), near(u64::from(height))];
            // A phone has one column: all stands at the left, further down.
            let rect = if self.phone {
                [20, y + 500, width.min(350), height]
            } else {
                [x, y, width, height]
            };
            click(&mut chunk, selector, rect, offset, 8_000);
        }
        if !chunk.is_empty() {
            let seq = page.events.len() as u32 + 1;
            page.heat.push(heat(&mut chunk, seq));
        }
    }

    fn checkout(&mut self, cart: &[usize], wish: bool) {
        let total: f64 = cart.iter().map(|number| PRODUCTS[*number].3).sum();
        let value = vec![
            ("currency".to_owned(), Value::from("EUR")),
            ("value".to_owned(), Value::from(total)),
        ];
        let more = if wish { 18 } else { 0 };
        let steps = [
            ("cart", "Cart", "begin_checkout", 46),
            ("checkout-shipping", "Delivery", "add_shipping_info", 66),
            ("checkout-payment", "Payment", "add_payment_info", 74),
            ("thanks", "Thank you", "purchase", 92),
        ];
        for (path, title, event, chances) in steps {
            let mut page = self.open(&format!("/shop/{path}.html"), title);
            let goes_on = self.browser.happens(chances + more);
            if goes_on {
                let t = if event == "purchase" { 10 } else { 30_000 };
                add(&mut page, t, event, value.clone());
            } else if event != "begin_checkout" {
                add(&mut page, 48_000, "checkout_abandon", Entries::new());
            }
            self.close(page);
            if !goes_on {
                return;
            }
        }
    }

    fn open(&mut self, path: &str, title: &str) -> Page {
        let mut page = self.browser.page(path, title, Millis(self.at));
        add(&mut page, 0, "page_view", Entries::new());
        page
    }

    fn close(&mut self, page: Page) {
        self.at += 50_000 + self.browser.chance.below(60_000);
        self.pages.push(page);
    }
}
