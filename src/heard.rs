//! What the edge says, read. Enters: the text that `deliver` of src/web/report.js makes, a line for each thing that happened.
//! Leaves: what the tracker wants done about it. A line that makes no sense is one that says nothing.

use crate::{
    config::Consent,
    conversion::Found,
    delivery::Outcome,
    form::FormEvent,
    heatmap::{Kind, Pointer, Spot},
    pack::{TOKEN, unpack},
    signal::{Media, MediaEvent, MediaFacts, Navigation, PageFacts, Signal},
    text::{cut, parts, read_int},
    time::Millis,
    tracker::{Effect, Input, Tracker},
    value::{Entries, Value},
};

/// Separates the lines.
const LINE: u8 = 0x1c;
/// Separates the texts of a line from its numbers, and from each other.
const FIELD: u8 = 0x1d;
/// Separates the facts of a page from the parameters of its address.
const LIST: u8 = 0x1e;
/// What stands where a number should, and is none: a stream has no duration.
const NO_NUMBER: u64 = u64::MAX;

/// Tells `tracker` all that `said` says, and that it is `now`; returns what is to be done. What the lines are stands in
/// src/web/report.js, with the numbers and texts of each.
pub fn hear(tracker: &mut Tracker, said: &str, now: Millis) -> Vec<Effect> {
    let mut effects = Vec::new();
    for line in parts(said, LINE) {
        tell(tracker, line, &mut effects);
    }
    effects.append(&mut tracker.handle(Input::Woke, now));
    effects
}

fn tell(tracker: &mut Tracker, line: &str, effects: &mut Vec<Effect>) {
    let mut texts = parts(line, FIELD);
    let mut text = || texts.next().unwrap_or_default();
    let mut numbers = [0; 12];
    for (number, digits) in numbers.iter_mut().zip(parts(text(), b',')) {
        *number = read_int(digits).unwrap_or(NO_NUMBER);
    }
    let (first, second) = (text(), text());
    let [code, time, numbers @ ..] = numbers;
    let [a, b, ..] = numbers;
    let facts;
    let spot;
    let params;
    let input = match code {
        1 => Input::Signal(Signal::Acted(found(a, first))),
        2 => {
            let numbers = numbers.map(|number| number as u32);
            let [flags, left, top, width, height, x, y, right, down, stayed] = numbers;
            spot = Spot {
                kind: Kind::of(flags >> 5).unwrap_or_default(),
                pointer: Pointer::of(flags >> 3 & 3),
                selector: second,
                is_fixed: flags & 4 != 0,
                scroller: text(),
                scrolled: [right, down],
                rect: [left, top, width, height],
                offset: [x, y],
                stayed,
            };
            Input::Signal(Signal::Pointed {
                spot: &spot,
                spared: a & 1 != 0,
                link: first,
                download: a & 2 != 0,
            })
        }
        3 => Input::Signal(Signal::Moved { turned: a != 0 }),
        4 => Input::Signal(media(numbers, first)),
        5 => {
            let (top, bottom) = (a as f64 / 10.0, b as f64 / 10.0);
            Input::Signal(match first {
                "." => Signal::Viewed { top, bottom },
                scroller => Signal::Scrolled {
                    top,
                    bottom,
                    scroller,
                },
            })
        }
        6 => Input::Signal(Signal::Form {
            event: match a {
                0 => FormEvent::Focus,
                1 => FormEvent::Blur,
                2 => FormEvent::Input,
                3 => FormEvent::Change,
                4 => FormEvent::Invalid,
                _ => FormEvent::Sent,
            },
            form: b as u32,
            field: first,
            detail: second,
        }),
        7 => Input::Signal(Signal::Unanswered),
        8 => Input::Signal(Signal::Erred(first)),
        9 => Input::Signal(Signal::Shared),
        10 => Input::Signal(Signal::Offered(first)),
        11 => {
            facts = unpack(second);
            Input::Signal(Signal::Pushed {
                name: first,
                facts: &facts,
            })
        }
        12 => {
            let page = page_facts(first);
            Input::Signal(match a {
                0 => Signal::Navigated(Navigation::Push, page),
                1 => Signal::Navigated(Navigation::Replace, page),
                _ => Signal::PageEntered(page),
            })
        }
        13 => {
            params = match unpack(second) {
                Value::Map(params) => params,
                _ => Entries::new(),
            };
            Input::Signal(Signal::Tracked {
                name: first,
                params: &params,
            })
        }
        14 => Input::Signal(Signal::Identified(first)),
        15 => Input::Saved(first),
        16 => Input::Answered(
            match first {
                "granted" => Consent::Granted,
                "cookieless" => Consent::Cookieless,
                _ => Consent::Denied,
            },
            second,
        ),
        17 => Input::Hidden,
        18 => Input::Left(a != 0),
        19 => {
            let retry_after_ms = read_int(first).map(|seconds| u64::from(seconds as u32) * 1000);
            Input::Settled(a as u32, Outcome::of_status(b as u16, retry_after_ms))
        }
        20 => Input::Flush,
        21 => return effects.push(Effect::Answer(tracker.status(Millis(time)))),
        22 => Input::Adopted(first, second, a != 0),
        23 => Input::Connected,
        _ => return,
    };
    effects.append(&mut tracker.handle(input, Millis(time)));
}

/// `flags`: 1 pressed before, 2 in a card, 4 its item is the config's or the page's, 8 nobody acted.
fn found(flags: u64, said: &str) -> Found<'_> {
    Found {
        said,
        pressed: flags & 1 != 0,
        in_card: flags & 2 != 0,
        is_derived: flags & 4 != 0,
        is_shown: flags & 8 != 0,
    }
}

fn media([code, element, at_ms, duration_ms, flags, ..]: [u64; 10], facts: &str) -> Signal<'_> {
    let seconds = |ms| match ms {
        NO_NUMBER => f64::NAN,
        ms => ms as f64 / 1000.0,
    };
    let provider = match flags >> 2 {
        0 => "html5",
        1 => "youtube",
        _ => "vimeo",
    };
    let facts = cut(facts, TOKEN).map(|(title, url)| MediaFacts {
        title,
        url,
        provider,
    });
    let media = Media {
        element: element as u32,
        event: match code {
            0 => MediaEvent::Play,
            1 => MediaEvent::Progress,
            2 => MediaEvent::Seek,
            _ => MediaEvent::Ended,
        },
        at_s: seconds(at_ms),
        duration_s: seconds(duration_ms),
        muted: flags & 1 != 0,
        visible: flags & 2 != 0,
    };
    Signal::Media(media, facts)
}

/// Reads what `page` of src/web/dom.js wrote: the facts of the document in their order, then the parameters of its address, those
/// of its campaign and those of the config.
#[must_use]
pub fn page_facts(facts: &str) -> PageFacts<'_> {
    let mut lists = parts(facts, LIST);
    let mut list = || lists.next().unwrap_or_default();
    let mut facts = parts(list(), TOKEN);
    let mut next = || facts.next().unwrap_or_default();
    let [url, title, referrer, language, search] = [(); 5].map(|()| next());
    let [width, height, document_width, document_height] =
        [(); 4].map(|()| read_int(next()).unwrap_or_default() as u32);
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
    use crate::config::{Config, HEAT, NO_BOTS};

    fn tracker() -> Tracker {
        let page = PageFacts {
            url: "https://shop.example/",
            ..PageFacts::default()
        };
        let config = Config {
            on: !NO_BOTS,
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
        for effect in hear(&mut tracker(), &said, Millis(1000)) {
            if let Effect::Tell(name, params) = effect {
                told.push(format!("{name} {params}"));
            }
        }
        told
    }

    #[test]
    fn each_line_is_told_as_what_it_is() {
        for (said, expected) in [
            ("1,1001,0|tap;0method;x", vec![r#"tap {"method":"x"}"#]),
            ("1,1001,1|add_to_wishlist", vec!["remove_from_wishlist {}"]),
            ("13,1002|tap|{;a;sb;]", vec![r#"tap {"a":"b"}"#]),
            (
                "5,1001,0,300|\n5,1002,400,600|",
                vec![
                    r#"scroll {"percent_scrolled":25}"#,
                    r#"scroll {"percent_scrolled":50}"#,
                ],
            ),
            ("5,1001,0,1000|.", vec![]),
            (
                "2,1001,0,1,2,3,4,5,6||#b\n8,1002|Error x",
                vec![r##"error_click {"element":"#b","error":"Error x"}"##],
            ),
            (
                "2,1001,0,1,2,3,4,5,6||#b\n7,1902",
                vec![r##"dead_click {"element":"#b"}"##],
            ),
            (
                "2,1001,2,1,2,3,4,5,6|https://shop.example/a.pdf|#b",
                vec![
                    r#"file_download {"file_extension":"pdf","file_name":"/a.pdf","link_url":"https://shop.example/a.pdf"}"#,
                ],
            ),
            (
                "6,1001,2,0|city|address",
                vec![r#"form_start {"form_name":"address","first_field_name":"city"}"#],
            ),
            ("9,1001", vec![r#"share {"method":"web_share"}"#]),
            (
                "11,1001|add_to_cart|{;items;[;{;item_id;sA1;];];]\n1,1002,4|add_to_cart",
                vec![r#"add_to_cart {"items":[{"item_id":"A1"}]}"#],
            ),
            (
                "4,1001,0,0,0,10000,2|Lamp;/l.mp4\n4,2001,1,0,1000,NaN,2|",
                vec![
                    r#"video_start {"video_title":"Lamp","video_url":"/l.mp4","video_provider":"html5","video_current_time":0,"video_duration":10,"video_percent":0,"video_watched_seconds":0,"video_visible_percent":0,"video_muted":false}"#,
                ],
            ),
            ("99,1001|x\nx\n\n|\n,", vec![]),
        ] {
            assert_eq!(told(said), expected, "{said}");
        }
    }

    #[test]
    fn what_is_seen_together_is_one_list() {
        let one = |id: &str| format!("1,1001,10\u{1d}view_item_list\u{1f}1item_id\u{1f}{id}");
        let effects = hear(
            &mut tracker(),
            &[one("A1"), one("B2")].join("\u{1c}"),
            Millis(1001),
        );
        let list = r#"{"items":[{"item_id":"A1"},{"item_id":"B2"}]}"#;
        assert!(
            effects.contains(&Effect::Tell("view_item_list".to_owned(), list.to_owned())),
            "{effects:?}"
        );
    }

    #[test]
    fn a_question_is_answered() {
        let effects = hear(&mut tracker(), "21,1001", Millis(1001));
        assert!(
            matches!(&effects[..], [Effect::Answer(status), ..] if status.contains("events_waiting")),
            "{effects:?}"
        );
    }

    proptest! {
        #[test]
        fn whatever_is_said_is_survived(said in "[0-9a,{}sn\u{1c}\u{1d}\u{1e}\u{1f}]{0,80}") {
            hear(&mut tracker(), &said, Millis(1000));
        }

        #[test]
        fn a_line_of_any_fields_is_survived(
            code in 0..26u32,
            numbers in proptest::collection::vec("[0-9]{1,20}|NaN", 0..12),
            texts in proptest::collection::vec("[a-z{\u{1f}é]{0,9}", 0..4),
        ) {
            let line = format!("{code},2000,{}\u{1d}{}", numbers.join(","), texts.join("\u{1d}"));
            hear(&mut tracker(), &line, Millis(2000));
        }
    }
}
