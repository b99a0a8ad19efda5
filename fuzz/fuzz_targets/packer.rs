//! Whatever a page tells of points, what is packed of it can be read, and tells each point that was taken.
#![no_main]

use libfuzzer_sys::{
    arbitrary::{Result, Unstructured},
    fuzz_target,
};
use spoor::heatmap::{Chunk, Kind, Packer, Pointer, Spot};

/// Selectors of elements and of boxes that scroll; of none is empty.
const SELECTORS: [&str; 8] = [
    "",
    "a",
    "main > a",
    "x-card >>> b",
    "div",
    "#a7",
    "#a12",
    "#a0070",
];
const KINDS: [Kind; 5] = [Kind::Click, Kind::Move, Kind::Hover, Kind::Rage, Kind::Dead];
/// Half of the numbers are no larger, as of a page that was just opened.
const SMALL: u32 = 300;

fuzz_target!(|bytes: &[u8]| {
    let mut source = Unstructured::new(bytes);
    let (mut packer, mut taken, mut now) = (Packer::default(), Vec::new(), 0u32);
    while !source.is_empty() {
        let Ok((spot, later)) = spot(&mut source) else {
            break;
        };
        now = now.saturating_add(later);
        if packer.add(&spot, now) {
            taken.push(spot);
        }
    }
    let bytes = packer.pack();
    let chunk = Chunk::unpack(&bytes).unwrap_or_else(|broken| panic!("{broken:?}: {taken:?}"));
    assert_eq!(chunk.points.len(), taken.len());
    for (point, spot) in chunk.points.iter().zip(taken) {
        let anchor = chunk.anchors[point.anchor as usize];
        assert_eq!((point.kind, point.pointer), (spot.kind, spot.pointer));
        assert_eq!(chunk.selectors[anchor.selector as usize], spot.selector);
        assert_eq!(anchor.rect, spot.rect);
    }
});

fn spot(source: &mut Unstructured) -> Result<(Spot<'static>, u32)> {
    let spot = Spot {
        kind: *source.choose(&KINDS)?,
        pointer: Pointer::of(source.int_in_range(0..=3)?),
        selector: source.choose(&SELECTORS)?,
        is_fixed: source.arbitrary()?,
        scroller: source.choose(&SELECTORS)?,
        scrolled: [number(source)?, number(source)?],
        rect: [
            number(source)?,
            number(source)?,
            number(source)?,
            number(source)?,
        ],
        offset: [number(source)?, number(source)?],
        stayed: number(source)?,
    };
    Ok((spot, number(source)?))
}

fn number(source: &mut Unstructured) -> Result<u32> {
    if source.arbitrary()? {
        source.int_in_range(0..=SMALL)
    } else {
        source.arbitrary()
    }
}
