//! The wire: its golden bytes, what is printed is parsed, what is broken is refused with its place.

use std::{fs, path::PathBuf};

use proptest::prelude::*;
use spoor::{
    id::{Chance, Id},
    time::Millis,
    value::{Entries, Value},
    wire::{Envelope, Event, Heat, Page, Session, VERSION},
};

use crate::browser::entries;

fn fixture() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/envelope-v1.json")
}

fn id(text: &str) -> Id {
    Id::parse(text).expect(text)
}

/// An envelope with every field of docs/wire.md, and every shape of a value.
fn sample() -> Envelope {
    let opened_at = Millis(1_763_827_200_123);
    let page = Page {
        id: id("019aac4b-307b-7123-8220-a8397b1dc003"),
        opened_at,
        url: "https://shop.example/p/lamp".to_owned(),
        title: "Lamp \"Åre\" \\ 40\u{a0}W\n\u{2028}".to_owned(),
        referrer: "https://news.example/".to_owned(),
        language: "en".to_owned(),
        viewport: [1280, 720],
        document: [1265, 3100],
        events: vec![
            Event {
                seq: 1,
                t: 0,
                name: "page_view".to_owned(),
                params: Entries::new(),
            },
            Event {
                seq: 2,
                t: 4210,
                name: "add_to_cart".to_owned(),
                params: entries(
                    r#"{"currency": "EUR", "value": 19.9, "items": [{"item_id": "A1", "item_name": "Lamp", "price": 19.9, "quantity": 1}],
                        "gift": true, "note": null, "discount": -0.05, "big": 9007199254740991, "none": [], "empty": {}}"#,
                ),
            },
        ],
        heat: vec![Heat {
            seq: 3,
            data: "BAEAAAQjYWRkAfCACsgG8AFYAYkcVRA".to_owned(),
        }],
    };
    let cart = Page {
        id: id("019aac4b-44b0-7aaa-8220-a8397b1dc004"),
        opened_at: opened_at.plus(5173),
        url: "https://shop.example/#/cart".to_owned(),
        viewport: [390, 664],
        document: [390, 2210],
        events: vec![Event {
            seq: 1,
            t: 12,
            name: "page_view".to_owned(),
            params: Entries::new(),
        }],
        ..Page::default()
    };
    Envelope {
        version: VERSION,
        site: "demo-shop".to_owned(),
        batch: id("019aac4b-44f0-7dd7-a220-a8397b1dcdaf"),
        sent_at: opened_at.plus(5333),
        visitor: id("019aac4b-2f00-7a11-b220-a8397b1dc001"),
        user: "customer-17".to_owned(),
        session: Session {
            id: id("019aac4b-2f01-7a11-9220-a8397b1dc002"),
            number: 2,
            started_at: opened_at,
            source: entries(
                r#"{"referrer": "https://news.example/", "utm_source": "newsletter", "channel": "email"}"#,
            ),
            first_source: entries(
                r#"{"referrer": "https://search.example/", "channel": "referral"}"#,
            ),
            bot: "preview".to_owned(),
        },
        pages: vec![page, cart],
        losses: entries(r#"{"queue_full": 2, "heat_full": 1}"#),
    }
}

/// `SPOOR_BLESS=1 cargo test --test host` rewrites the file; a change of it needs a new version, see docs/wire.md.
#[test]
fn the_bytes_are_those_of_the_golden_file() {
    let body = sample().to_json();
    if std::env::var_os("SPOOR_BLESS").is_some() {
        fs::write(fixture(), &body).unwrap();
    }
    let golden = fs::read_to_string(fixture()).unwrap();
    assert_eq!(body, golden);
    assert_eq!(Envelope::parse(&golden), Ok(sample()));
}

#[test]
fn the_points_of_the_golden_file_can_be_read() {
    let data = &sample().pages[0].heat[0].data;
    let chunk = spoor::heatmap::Chunk::unpack(&spoor::base64::decode(data).unwrap()).unwrap();
    assert_eq!(chunk.selectors, ["#add"]);
    assert_eq!(chunk.anchors[0].rect, [640, 420, 120, 44]);
    let [point] = chunk.points[..] else {
        panic!("one point");
    };
    assert_eq!((point.at, point.t), ([657, 450], 280));
}

#[test]
fn fields_from_a_later_day_are_passed_over() {
    let golden = fs::read_to_string(fixture()).unwrap();
    let known = golden.replace(r#""seq":"#, r#""later":{"a":[1,{}]},"seq":"#);
    assert_eq!(Envelope::parse(&known), Ok(sample()));
}

#[test]
fn a_body_cut_short_is_refused_wherever_it_ends() {
    let golden = fs::read_to_string(fixture()).unwrap();
    let ends = (0..golden.len()).filter(|end| golden.is_char_boundary(*end));
    for end in ends {
        let fault = Envelope::parse(&golden[..end]).unwrap_err();
        assert!(fault.byte <= end, "{end}: {fault}");
        assert!(
            !fault.field.is_empty() && !fault.reason.is_empty(),
            "{end}: {fault}"
        );
    }
}

#[test]
fn what_is_wrong_is_named_by_its_field() {
    let golden = fs::read_to_string(fixture()).unwrap();
    for (from, to, field, reason) in [
        (
            r#""v":1"#,
            r#""v":2"#,
            "v",
            "version 2 is not known here, only 1; update the collector",
        ),
        (r#""v":1"#, r#""v":"1""#, "v", "invalid type: string"),
        (r#""v":1,"#, "", ".", "missing field `v`"),
        (
            r#""site":"demo-shop""#,
            r#""site":7"#,
            "site",
            "invalid type: integer",
        ),
        (
            r#""batch":"019"#,
            r#""batch":"x19"#,
            "batch",
            "is not a UUID",
        ),
        (
            r#""sent_at":1"#,
            r#""sent_at":-1"#,
            "sent_at",
            "invalid value: integer `-",
        ),
        (
            r#""number":2"#,
            r#""number":2.5"#,
            "session.number",
            "invalid type: floating point",
        ),
        (r#""number":2,"#, "", "session", "missing field `number`"),
        (
            r#""source":{"#,
            r#""source":[{"#,
            "session.source",
            "invalid type: sequence, expected an object",
        ),
        (
            r#""pages":["#,
            r#""pages":{"a":["#,
            "pages",
            "invalid type: map",
        ),
        (
            r#""url":"https://shop.example/p/lamp","#,
            "",
            "pages[0]",
            "missing field `url`",
        ),
        (
            "[1280,720]",
            "[1280]",
            "pages[0].viewport",
            "invalid length 1",
        ),
        (
            "[1280,720]",
            "[1280,-720]",
            "pages[0].viewport[1]",
            "invalid value: integer `-720`",
        ),
        (
            r#""seq":2"#,
            r#""seq":null"#,
            "pages[0].events[1].seq",
            "invalid type: null",
        ),
        (
            r#""t":4210"#,
            r#""t":4294967296"#,
            "pages[0].events[1].t",
            "invalid value: integer",
        ),
        (
            r#""name":"add_to_cart","#,
            "",
            "pages[0].events[1]",
            "missing field `name`",
        ),
        (
            r#""data":""#,
            r#""data":7,"x":""#,
            "pages[0].heat[0].data",
            "invalid type: integer",
        ),
        (
            r#""losses":{"#,
            r#""losses":7,"x":{"#,
            "losses",
            "invalid type: integer",
        ),
    ] {
        assert!(golden.contains(from), "{from}");
        let body = golden.replacen(from, to, 1);
        let fault = Envelope::parse(&body).unwrap_err();
        assert_eq!(fault.field, field, "{to}: {fault}");
        assert!(fault.reason.contains(reason), "{to}: {fault}");
        assert!(fault.byte <= body.len(), "{to}: {fault}");
    }
    for body in ["", "null", "[]", "{}", "{} {}", "\u{feff}{}", "{\"v\":1"] {
        let fault = Envelope::parse(body).unwrap_err();
        assert!(fault.byte <= body.len(), "{body}: {fault}");
    }
    let twice = format!("{golden}{golden}");
    assert_eq!(Envelope::parse(&twice).unwrap_err().byte, golden.len());
}

#[test]
fn a_number_of_any_size_and_a_text_of_any_kind_pass_through() {
    let mut envelope = sample();
    envelope.pages[0].events[0].params = vec![
        (
            "\"\\\u{0}\u{1f}\u{7f}\u{2029}😀".to_owned(),
            Value::from("</script>"),
        ),
        ("nan".to_owned(), Value::Num(f64::NAN)),
    ];
    let read = Envelope::parse(&envelope.to_json()).unwrap();
    envelope.pages[0].events[0].params[1].1 = Value::Null;
    assert_eq!(read, envelope);
}

fn any_entries() -> impl Strategy<Value = Entries> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        (-1_000_000_000_i64..1_000_000_000).prop_map(|cents| Value::Num(cents as f64 / 100.0)),
        ".*".prop_map(Value::Str),
    ];
    let value = leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            prop::collection::vec((".*", inner), 0..4).prop_map(Value::Map),
        ]
    });
    prop::collection::vec((".*", value), 0..4)
}

fn any_id() -> impl Strategy<Value = Id> {
    (any::<u32>(), any::<[u64; 2]>())
        .prop_map(|(now, seed)| Chance::new(seed).id(Millis(u64::from(now))))
}

/// A time that a number of JavaScript holds exactly.
fn any_time() -> impl Strategy<Value = Millis> {
    (0..1u64 << 53).prop_map(Millis)
}

prop_compose! {
    fn any_event()(seq: u32, t: u32, name in ".*", params in any_entries()) -> Event {
        Event { seq, t, name, params }
    }
}

prop_compose! {
    fn any_page()(
        id in any_id(), opened_at in any_time(), texts in prop::array::uniform4(".*"), viewport: [u32; 2], document: [u32; 2],
        events in prop::collection::vec(any_event(), 0..3),
        heat in prop::collection::vec((any::<u32>(), "[A-Za-z0-9_-]*"), 0..3),
    ) -> Page {
        let [url, title, referrer, language] = texts;
        let heat = heat.into_iter().map(|(seq, data)| Heat { seq, data }).collect();
        Page { id, opened_at, url, title, referrer, language, viewport, document, events, heat }
    }
}

prop_compose! {
    fn any_envelope()(
        site in ".*", user in ".*", ids in prop::array::uniform3(any_id()), times in prop::array::uniform2(any_time()), number: u32,
        bot in ".*", source in any_entries(), first_source in any_entries(), losses in any_entries(), pages in prop::collection::vec(any_page(), 0..3),
    ) -> Envelope {
        let [batch, visitor, id] = ids;
        let [sent_at, started_at] = times;
        let session = Session { id, number, started_at, source, first_source, bot };
        Envelope { version: VERSION, site, batch, sent_at, visitor, user, session, pages, losses }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read(envelope in any_envelope()) {
        prop_assert_eq!(Envelope::parse(&envelope.to_json()), Ok(envelope));
    }

    #[test]
    fn any_text_is_an_envelope_or_refused(body: String) {
        if let Err(fault) = Envelope::parse(&body) {
            prop_assert!(fault.byte <= body.len(), "{}", fault);
        }
    }

    #[test]
    fn one_wrong_byte_is_survived(at: prop::sample::Index, byte in 0u8..128) {
        let mut body = fs::read(fixture()).unwrap();
        let at = at.index(body.len());
        body[at] = byte;
        if let Ok(body) = String::from_utf8(body)
            && let Err(fault) = Envelope::parse(&body)
        {
            prop_assert!(fault.byte <= body.len(), "{}", fault);
        }
    }
}
