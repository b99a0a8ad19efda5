use proptest::prelude::*;

use super::*;

fn moving(rect: [u32; 4], offset: [u32; 2]) -> Spot<'static> {
    Spot {
        kind: Kind::Move,
        ..Spot::click("main", rect, offset)
    }
}

fn read(packer: &Packer) -> Chunk {
    Chunk::unpack(&packer.clone().pack()).unwrap()
}

fn bytes(packer: &Packer) -> usize {
    packer.clone().pack().len()
}

#[test]
fn a_further_click_on_a_small_button_takes_five_bytes() {
    let mut packer = Packer::default();
    let button = [640, 420, 120, 44];
    assert!(packer.add(&Spot::click("#add", button, [17, 30]), 4_218));
    let one = bytes(&packer);
    assert!(packer.add(&Spot::click("#add", button, [103, 8]), 5_430));
    assert_eq!(bytes(&packer) - one, 5);
}

#[test]
fn a_further_move_takes_two_bytes_and_is_two_pixels_off_at_most() {
    let mut packer = Packer::default();
    let whole = [0, 0, 1280, 4000];
    assert!(packer.add(&moving(whole, [400, 300]), 1000));
    let one = bytes(&packer);
    for (n, [x, y]) in (1u32..).zip([[611, 352], [640, 289], [640, 290], [395, 410u32]]) {
        assert!(packer.add(&moving(whole, [x, y]), 1000 + n * 104));
        let last = read(&packer).points[n as usize];
        assert!(last.at[0].abs_diff(x) <= 2 && last.at[1].abs_diff(y) <= 2);
        assert!(last.t.abs_diff(1000 + n * 104) <= 25);
        assert_eq!(bytes(&packer) - one, 2 * n as usize);
    }
    assert!(packer.add(&moving(whole, [1200, 410]), 1600));
    let far = read(&packer).points[5];
    assert!(far.at[0].abs_diff(1200) <= 2, "farther ones are told whole");
    assert_eq!(bytes(&packer) - one, 2 * 4 + 5);
}

#[test]
fn the_first_point_is_told_whole_wherever_it_is() {
    let mut packer = Packer::default();
    packer.add(&moving([0, 0, 104, 104], [12, 8]), 100);
    assert_eq!(read(&packer).points[0].at, [12, 8]);
}

#[test]
fn a_moved_element_shares_its_selector() {
    let mut packer = Packer::default();
    let selector = "main > button.add-to-cart";
    assert!(packer.add(&Spot::click(selector, [0, 10, 80, 40], [1, 1]), 0));
    assert!(packer.add(&Spot::click(selector, [0, 900, 80, 40], [2, 2]), 10));
    let chunk = read(&packer);
    assert_eq!((chunk.selectors.len(), chunk.anchors.len()), (1, 2));
    assert_eq!(chunk.points[1].offset(&chunk.anchors[1]), [2, 2]);
}

#[test]
fn what_elements_have_in_common_is_told_once() {
    let mut packer = Packer::default();
    let card = |n: u32| format!("#grid > article[data-sku=\"A{n}\"] > button.add-to-cart");
    let place = |n: u32| [20 + n * 300, 700, 120, 44];
    for n in 1..3 {
        assert!(packer.add(&Spot::click(&card(n), place(n), [17, 30]), n * 1000));
    }
    let two = bytes(&packer);
    assert!(packer.add(&Spot::click(&card(3), place(3), [103, 8]), 3000));
    let [selector, anchor, click] = [1 + 1, 1 + 2, 1 + 1 + 2];
    assert_eq!(bytes(&packer) - two, selector + anchor + click);
    let chunk = read(&packer);
    assert_eq!(chunk.selectors[2], card(3));
    assert_eq!(chunk.anchors[2].rect, place(3));
    assert_eq!(chunk.points[2].at, [1023, 708]);
}

#[test]
fn numbers_in_selectors_read_back_as_they_were() {
    let zeros = "0".repeat(MAX_SELECTOR_BYTES);
    for selector in [
        "0",
        "li:nth-of-type(7) > a:nth-of-type(12)",
        "[data-sku=\"007\"]",
        "[data-sku=\"100\"]",
        "[data-sku=\"4006381333931\"]",
        "[data-sku=\"100000000000000000000\"]",
        "[data-sku=\"4294967296\"]",
        "[data-sku=\"٣\"]",
        &zeros,
    ] {
        let mut packer = Packer::default();
        assert!(packer.add(&Spot::click(selector, [0; 4], [0, 0]), 0));
        assert_eq!(read(&packer).selectors, [selector]);
    }
}

#[test]
fn a_selector_does_not_grow_past_its_bound() {
    let mut bytes = vec![VERSION, 1, 0, 0, 100];
    bytes.extend([b'0'; 100]);
    // Each is 4,294,967,295.
    bytes.extend([0xff, 0xff, 0xff, 0xff, 0x0f].repeat(100));
    let offset = bytes.len();
    let reason = "selector too long";
    assert_eq!(Chunk::unpack(&bytes), Err(Broken { offset, reason }));
}

#[test]
fn a_full_chunk_takes_no_more_and_begins_anew_once_it_is_packed() {
    let mut packer = Packer::default();
    for n in 0..MAX_POINTS as u32 {
        assert!(packer.add(&Spot::click("a", [0; 4], [n, 0]), 0));
    }
    assert!(!packer.add(&Spot::click("a", [0; 4], [0, 0]), 0));
    assert!(!packer.mark(Kind::Rage));
    assert_eq!(
        Chunk::unpack(&packer.pack()).unwrap().points.len(),
        MAX_POINTS
    );
    assert!(packer.is_empty());

    for n in 0..MAX_ANCHORS as u32 {
        assert!(packer.add(&Spot::click("a", [n, 0, 1, 1], [0, 0]), 0));
    }
    assert!(!packer.add(&Spot::click("a", [9999, 0, 1, 1], [0, 0]), 0));
    assert!(
        packer.add(&Spot::click("a", [7, 0, 1, 1], [0, 0]), 0),
        "known"
    );
    let long = "a".repeat(MAX_SELECTOR_BYTES + 1);
    assert!(!packer.add(&Spot::click(&long, [0; 4], [0, 0]), 0));
    assert_eq!(read(&packer).anchors.len(), MAX_ANCHORS);
}

#[test]
fn what_a_click_turns_out_to_be_stands_where_it_was() {
    let mut packer = Packer::default();
    assert!(packer.mark(Kind::Dead), "no click, no mark");
    assert!(packer.is_empty());
    packer.add(&Spot::click("a", [10, 10, 80, 40], [4, 5]), 100);
    packer.mark(Kind::Dead);
    let [click, dead] = read(&packer).points[..] else {
        panic!("two points");
    };
    assert_eq!((dead.kind, dead.at, dead.t), (Kind::Dead, click.at, 100));
}

#[test]
fn hostile_bytes_are_refused_with_their_place() {
    let cases: [(&[u8], usize, &str); 22] = [
        (&[], 0, "ends too early"),
        (&[2, 0, 0, 0], 0, "not a chunk of version 3 or 4"),
        (&[4, 0xff, 0xff, 0xff, 0xff, 0xff], 6, "number out of range"),
        (&[4, 0xff, 0x7f], 3, "too many selectors"),
        (&[4, 1, 1], 3, "no such shape"),
        (&[4, 1, 0, 1, 0, 0, 0], 4, "more shared than there is"),
        (&[4, 1, 0, 0, 0xff, 0x7f], 6, "selector too long"),
        (&[4, 1, 0, 0, 2, 97], 5, "ends too early"),
        (&[4, 1, 0, 0, 1, 48], 6, "ends too early"),
        (&[4, 1, 0, 0, 1, 0xff, 0, 0], 6, "selector is not UTF-8"),
        (&[4, 0, 0xff, 0x7f], 4, "too many anchors"),
        (&[4, 0, 1, 0, 0], 4, "no such selector"),
        (&[4, 1, 0, 0, 0, 1, 2, 3, 0, 0], 8, "no such selector"),
        (&[4, 0, 0, 0xff, 0x7f], 5, "too many points"),
        (&[4, 0, 0, 1, 0, 0], 6, "a step from nowhere"),
        (&[4, 0, 0, 1, 0xf0, 0, 0, 0], 5, "unknown kind of point"),
        (&[4, 0, 0, 1, 0x89, 0, 0, 0], 5, "no such anchor"),
        (&[4, 0, 0, 0, 9], 4, "bytes after the last point"),
        (&[3, 1, 1, 0, 0, 0], 3, "no such selector"),
        (
            &[3, 2, 0, 2, 97, 98, 1, 1, 2, 0, 0, 0],
            9,
            "more shared than there is",
        ),
        (&[3, 1, 0, 0xff, 0x7f], 5, "selector too long"),
        (&[3, 1, 0, 1, 0xff, 0, 0], 5, "selector is not UTF-8"),
    ];
    for (bytes, offset, reason) in cases {
        assert_eq!(
            Chunk::unpack(bytes),
            Err(Broken { offset, reason }),
            "{bytes:?}"
        );
    }
}

prop_compose! {
    fn any_spot()(
        code in 0..5u32,
        pointer in 0..4u32,
        selector in prop::sample::select(&["", "a", "main > a", "main > ö > a", "main > ü > a", "#a7", "#a12", "#a007"][..]),
        frame in 0..3u32,
        rect in prop::array::uniform4(prop_oneof![0..9u32, 0..2000u32, any::<u32>()]),
        offset in prop::array::uniform2(prop_oneof![0..100u32, 0..300u32, any::<u32>()]),
        scrolled: [u32; 2],
        stayed: u32,
        t in prop_oneof![0..300u32, 0..2_000_000u32],
    ) -> (Spot<'static>, u32) {
        let spot = Spot {
            kind: Kind::of(code).unwrap(),
            pointer: Pointer::of(pointer),
            selector,
            is_fixed: frame == 1,
            scroller: if frame == 2 { "div" } else { "" },
            scrolled,
            rect,
            offset,
            stayed: if code == 2 { stayed } else { 0 },
        };
        (spot, t)
    }
}

proptest! {
    #[test]
    fn any_points_read_back(spots in prop::collection::vec(any_spot(), 0..200)) {
        let mut packer = Packer::default();
        let mut now = 0;
        let mut told = Vec::new();
        for (spot, t) in spots {
            now += t;
            prop_assert!(packer.add(&spot, now));
            told.push((spot, now));
        }
        let chunk = read(&packer);
        prop_assert_eq!(chunk.points.len(), told.len());
        for (point, (spot, t)) in chunk.points.iter().zip(told) {
            let anchor = chunk.anchors[point.anchor as usize];
            let selector = |index: u32| chunk.selectors[index as usize].as_str();
            prop_assert_eq!(selector(anchor.selector), spot.selector);
            prop_assert_eq!(anchor.rect, spot.rect);
            match anchor.frame {
                Frame::Window => prop_assert!(spot.is_fixed),
                Frame::Page => prop_assert!(!spot.is_fixed && spot.scroller.is_empty()),
                Frame::Scroller(index, scrolled) => {
                    prop_assert_eq!((selector(index), scrolled), (spot.scroller, spot.scrolled));
                }
            }
            prop_assert_eq!((point.kind, point.pointer), (spot.kind, spot.pointer));
            let is_rounded = spot.kind == Kind::Move;
            let (off_px, off_ms) = if is_rounded { (2, 35) } else { (0, 35) };
            for (axis, at) in point.at.iter().enumerate() {
                let exact = spot.rect[axis].saturating_add(spot.offset[axis]);
                let off = exact.wrapping_sub(*at) as i32;
                prop_assert!(off.abs() <= off_px, "{} for {}", at, exact);
            }
            prop_assert!(point.t.abs_diff(t) <= off_ms, "{} for {}", point.t, t);
            if spot.kind == Kind::Hover {
                prop_assert_eq!(point.stayed, spot.stayed / STEP_MS * STEP_MS);
            }
        }
    }

    #[test]
    fn any_bytes_are_a_chunk_or_refused(bytes: Vec<u8>) {
        if let Err(broken) = Chunk::unpack(&bytes) {
            prop_assert!(broken.offset <= bytes.len());
        }
    }

    #[test]
    fn a_chunk_with_a_byte_changed_is_survived(
        spots in prop::collection::vec(any_spot(), 1..40), place: prop::sample::Index, byte: u8
    ) {
        let mut packer = Packer::default();
        for (spot, t) in spots {
            packer.add(&spot, t);
        }
        let mut bytes = packer.pack();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        match Chunk::unpack(&bytes) {
            Err(broken) => prop_assert!(broken.offset <= bytes.len()),
            Ok(chunk) => {
                let anchors = chunk.anchors.len() as u32;
                prop_assert!(chunk.points.iter().all(|point| point.anchor < anchors));
            }
        }
    }
}
