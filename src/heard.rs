//! What the edge says, read. Enters: the text that `deliver` of src/web/report.js makes, a line for each thing that happened.
//! Leaves: what the tracker wants done about it. A line that makes no sense is one that says nothing.

use crate::{
    config::Consent,
    conversion::Found,
    delivery::Outcome,
    form::FormEvent,
    heatmap::Anchor,
    pack::{TOKEN, unpack},
    signal::{Media, MediaEvent, MediaFacts, Navigation, PageFacts, Signal},
    text::{Parts, cut, parts, read_int},
    time::Millis,
    tracker::{Effect, Input, Tracker},
    value::{Entries, Value},
};

/// Separates the lines.
const LINE: u8 = 0x1c;
/// Separates the fields of a line: what it is, when, and what there is to say of it.
const FIELD: u8 = 0x1d;
/// Separates the facts of a page from the parameters of its address.
const LIST: u8 = 0x1e;

/// Tells `tracker` all that `said` says, and returns what is to be done. What the lines are stands in src/web/report.js, with
/// the fields of each.
pub fn hear(tracker: &mut Tracker, said: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for line in parts(said, LINE) {
        tell(tracker, Fields(parts(line, FIELD)), &mut effects);
    }
    effects
}

fn tell(tracker: &mut Tracker, mut line: Fields<'_>, effects: &mut Vec<Effect>) {
    let code = line.int();
    let now = Millis(line.int());
    let params;
    let facts;
    let anchor;
    let signal = match code {
        0 => Signal::Acted(line.found()),
        1 => Signal::Seen {
            what: [line.number(), line.number()],
            enough: line.flag(),
            dwell_ms: line.int(),
            found: line.found(),
        },
        2 => {
            let flags = line.int();
            let link = line.text();
            anchor = Anchor {
                selector: line.text().to_owned(),
                rect: [(); 4].map(|()| line.number()),
            };
            Signal::Pressed {
                anchor: &anchor,
                offset: [line.number(), line.number()],
                spared: flags & 1 != 0,
                link,
                download: flags & 2 != 0,
            }
        }
        3 => Signal::Moved {
            turned: line.flag(),
        },
        4 => line.media(),
        5 => {
            let [top, bottom] = [(); 2].map(|()| line.int() as f64 / 10.0);
            match line.text() {
                "." => Signal::Viewed { top, bottom },
                scroller => Signal::Scrolled {
                    top,
                    bottom,
                    scroller,
                },
            }
        }
        6 => Signal::Form {
            event: match line.int() {
                0 => FormEvent::Focus,
                1 => FormEvent::Blur,
                2 => FormEvent::Input,
                3 => FormEvent::Change,
                4 => FormEvent::Invalid,
                _ => FormEvent::Sent,
            },
            form: line.number(),
            field: line.text(),
            detail: line.text(),
        },
        7 => Signal::Unanswered,
        8 => Signal::Erred(line.text()),
        9 => Signal::Shared,
        10 => Signal::Offered(line.text()),
        11 => {
            let name = line.text();
            facts = unpack(line.text());
            Signal::Pushed {
                name,
                facts: &facts,
            }
        }
        12 => {
            let code = line.int();
            let page = page_facts(line.text());
            match code {
                0 => Signal::Navigated(Navigation::Push, page),
                1 => Signal::Navigated(Navigation::Replace, page),
                _ => Signal::PageEntered(page),
            }
        }
        13 => {
            let name = line.text();
            params = match unpack(line.text()) {
                Value::Map(params) => params,
                _ => Entries::new(),
            };
            Signal::Tracked {
                name,
                params: &params,
            }
        }
        14 => Signal::Identified(line.text()),
        _ => return turn(tracker, code, line, now, effects),
    };
    effects.append(&mut tracker.handle(Input::Signal(signal), now));
}

/// Tells what nobody did on the page.
fn turn(
    tracker: &mut Tracker,
    code: u64,
    mut line: Fields<'_>,
    now: Millis,
    effects: &mut Vec<Effect>,
) {
    let input = match code {
        15 => Input::Saved(line.text()),
        16 => {
            let consent = match line.text() {
                "granted" => Consent::Granted,
                "cookieless" => Consent::Cookieless,
                _ => Consent::Denied,
            };
            Input::Answered(consent, line.text())
        }
        17 => Input::Hidden,
        18 => Input::Left(line.flag()),
        19 => Input::Woke,
        20 => {
            let (id, status) = (line.number(), line.number());
            let retry_after_ms =
                read_int(line.text()).map(|seconds| u64::from(seconds as u32) * 1000);
            Input::Settled(id, Outcome::of_status(status as u16, retry_after_ms))
        }
        21 => Input::Flush,
        22 => return effects.push(Effect::Answer(tracker.status(now))),
        _ => return,
    };
    effects.append(&mut tracker.handle(input, now));
}

/// The fields of a line that were not read yet; those that are missing are empty.
struct Fields<'a>(Parts<'a>);

impl<'a> Fields<'a> {
    #[inline(never)]
    fn text(&mut self) -> &'a str {
        self.0.next().unwrap_or_default()
    }

    #[inline(never)]
    fn int(&mut self) -> u64 {
        read_int(self.text()).unwrap_or_default()
    }

    fn number(&mut self) -> u32 {
        self.int() as u32
    }

    fn flag(&mut self) -> bool {
        self.int() != 0
    }

    /// Flags: 1 pressed before, 2 in a card, 4 its item is the config's or the page's, 8 nobody acted.
    fn found(&mut self) -> Found<'a> {
        let flags = self.int();
        Found {
            said: self.text(),
            pressed: flags & 1 != 0,
            in_card: flags & 2 != 0,
            is_derived: flags & 4 != 0,
            is_shown: flags & 8 != 0,
        }
    }

    /// Flags: 1 muted, 2 in view, and four times the number of its provider.
    fn media(&mut self) -> Signal<'a> {
        let event = match self.int() {
            0 => MediaEvent::Play,
            1 => MediaEvent::Progress,
            2 => MediaEvent::Seek,
            _ => MediaEvent::Ended,
        };
        let element = self.number();
        // A stream has no duration that is a number.
        let [at_s, duration_s] =
            [(); 2].map(|()| read_int(self.text()).map_or(f64::NAN, |ms| ms as f64 / 1000.0));
        let flags = self.int();
        let provider = match flags >> 2 {
            0 => "html5",
            1 => "youtube",
            _ => "vimeo",
        };
        let facts = cut(self.text(), TOKEN).map(|(title, url)| MediaFacts {
            title,
            url,
            provider,
        });
        let media = Media {
            element,
            event,
            at_s,
            duration_s,
            muted: flags & 1 != 0,
            visible: flags & 2 != 0,
        };
        Signal::Media(media, facts)
    }
}

/// Reads what `page` of src/web/dom.js wrote: the facts of the document in their order, then the parameters of its address, those
/// of its campaign and those of the config.
#[must_use]
pub fn page_facts(facts: &str) -> PageFacts<'_> {
    let mut lists = parts(facts, LIST);
    let mut list = || lists.next().unwrap_or_default();
    let mut facts = Fields(parts(list(), TOKEN));
    let [url, title, referrer, language, search] = [(); 5].map(|()| facts.text());
    let [width, height, document_width, document_height] = [(); 4].map(|()| facts.number());
    PageFacts {
        url,
        title,
        referrer,
        language,
        viewport: [width, height],
        document: [document_width, document_height],
        search,
        campaign: list(),
        query: list(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::config::{Config, HEAT};

    fn tracker() -> Tracker {
        let page = PageFacts {
            url: "https://shop.example/",
            ..PageFacts::default()
        };
        let config = Config {
            on: u32::MAX & !crate::config::NO_BOTS,
            sample: 1.0,
            scroll: "25 50".to_owned(),
            video_milestones: "50".to_owned(),
            ..Config::default()
        };
        assert!(config.has(HEAT));
        Tracker::start(config, &page, "", "", [1, 2], Millis(1000)).0
    }

    fn told(said: &str) -> Vec<String> {
        let said = said
            .replace('|', "\u{1d}")
            .replace('\n', "\u{1c}")
            .replace(';', "\u{1f}");
        let mut told = Vec::new();
        for effect in hear(&mut tracker(), &said) {
            if let Effect::Tell(name, params) = effect {
                told.push(format!("{name} {params}"));
            }
        }
        told
    }

    #[test]
    fn each_line_is_told_as_what_it_is() {
        for (said, expected) in [
            ("0|1001|0|tap;0method;x", vec![r#"tap {"method":"x"}"#]),
            ("0|1001|1|add_to_wishlist", vec!["remove_from_wishlist {}"]),
            (
                "13|1002|tap|{;a;sb;]",
                vec![r#"tap {"a":"b"}"#],
            ),
            (
                "5|1001|0|300|\n5|1002|400|600|",
                vec![
                    r#"scroll {"percent_scrolled":25}"#,
                    r#"scroll {"percent_scrolled":50}"#,
                ],
            ),
            ("5|1001|0|1000|.", vec![]),
            (
                "2|1001|0||#b|1|2|3|4|5|6\n8|1002|Error x",
                vec![r##"error_click {"element":"#b","error":"Error x"}"##],
            ),
            (
                "2|1001|0||#b|1|2|3|4|5|6\n7|1902",
                vec![r##"dead_click {"element":"#b"}"##],
            ),
            (
                "2|1001|2|https://shop.example/a.pdf|#b|1|2|3|4|5|6",
                vec![
                    r#"file_download {"file_extension":"pdf","file_name":"/a.pdf","link_url":"https://shop.example/a.pdf"}"#,
                ],
            ),
            (
                "6|1001|2|0|city|address",
                vec![r#"form_start {"form_name":"address","first_field_name":"city"}"#],
            ),
            ("9|1001", vec![r#"share {"method":"web_share"}"#]),
            (
                "11|1001|add_to_cart|{;items;[;{;item_id;sA1;];];]\n0|1002|4|add_to_cart",
                vec![r#"add_to_cart {"items":[{"item_id":"A1"}]}"#],
            ),
            (
                "4|1001|0|0|0|10000|2|Lamp;/l.mp4\n4|2001|1|0|1000|10000|2|",
                vec![
                    r#"video_start {"video_title":"Lamp","video_url":"/l.mp4","video_provider":"html5","video_current_time":0,"video_duration":10,"video_percent":0}"#,
                ],
            ),
            ("99|1001|x\nx\n\n|", vec![]),
        ] {
            assert_eq!(told(said), expected, "{said}");
        }
    }

    #[test]
    fn what_was_seen_is_told_when_time_has_passed() {
        let mut tracker = tracker();
        let line = "1\u{1d}1001\u{1d}0\u{1d}0\u{1d}1\u{1d}1000\u{1d}8\u{1d}noticed";
        assert!(!hear(&mut tracker, line).contains(&Effect::Tell("noticed".into(), "{}".into())));
        assert!(
            hear(&mut tracker, "19\u{1d}2001")
                .contains(&Effect::Tell("noticed".into(), "{}".into()))
        );
    }

    #[test]
    fn a_question_is_answered() {
        let effects = hear(&mut tracker(), "22\u{1d}1001");
        assert!(
            matches!(&effects[..], [Effect::Answer(status)] if status.contains("events_waiting")),
            "{effects:?}"
        );
    }

    proptest! {
        #[test]
        fn whatever_is_said_is_survived(said in "[0-9a{}sn\u{1c}\u{1d}\u{1e}\u{1f}]{0,80}") {
            hear(&mut tracker(), &said);
        }

        #[test]
        fn a_line_of_any_fields_is_survived(code in 0..25u32, fields in proptest::collection::vec("[0-9]{1,20}|[a-z;é]{0,9}", 0..14)) {
            let line = format!("{code}\u{1d}2000\u{1d}{}", fields.join("\u{1d}"));
            hear(&mut tracker(), &line);
        }
    }
}
