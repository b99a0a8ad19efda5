//! Gathers heatmap points, packs them into few bytes, and reads them back. The format is described in docs/wire.md.
//!
//! Enters: points on elements. Leaves: a chunk of bytes. A point is told by its element first, so that it falls on the same
//! button after the layout changed. Bounded in points, elements and bytes of each.

use core::ops::Range;

/// First byte of a chunk.
pub const VERSION: u8 = 2;
/// Elements, and places of theirs, that one chunk may hold; more are no person's work.
pub const MAX_ANCHORS: usize = 512;
/// Points that one chunk may hold, some 5 KB of moves packed: a tenth of what one request may carry.
pub const MAX_POINTS: usize = 2048;
/// Bytes that a selector may have; a longer one names nothing stable.
pub const MAX_SELECTOR_BYTES: usize = 512;
/// Times of points are multiples of this.
pub const STEP_MS: u32 = 10;

/// Steps of time and place in which two bytes tell a move from the point before.
const MOVE_MS: u32 = 50;
const MOVE_PX: i32 = 4;
const MOVE_BITS: u32 = MOVE_PX.trailing_zeros();
/// As many steps of time as those bytes hold, and of place, to the right and down.
const MOVE_TIMES: u32 = 4;
const MOVES_X: Range<i32> = -64..64;
const MOVES_Y: Range<i32> = -32..32;

/// What made a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    #[default]
    /// A click, a tap, or a key that activates.
    Click,
    /// The pointer came by.
    Move,
    /// The pointer stayed on an element that is tracked.
    Hover,
    /// The click that made a rage of those before.
    Rage,
    /// A click of which nothing came.
    Dead,
}

/// What was pointed with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Pointer {
    #[default]
    /// A mouse, or what says nothing of itself.
    Mouse,
    /// A finger.
    Touch,
    /// A pen.
    Pen,
    /// A key: the point is the middle of the element.
    Key,
}

impl Kind {
    /// Returns the kind of this code, where there is one.
    #[must_use]
    pub fn of(code: u32) -> Option<Self> {
        Some(match code {
            0 => Self::Click,
            1 => Self::Move,
            2 => Self::Hover,
            3 => Self::Rage,
            4 => Self::Dead,
            _ => return None,
        })
    }
}

impl Pointer {
    /// Returns the pointer of this code; of those that nobody knows, a mouse.
    #[must_use]
    pub fn of(code: u32) -> Self {
        match code {
            1 => Self::Touch,
            2 => Self::Pen,
            3 => Self::Key,
            _ => Self::Mouse,
        }
    }
}

/// Against what the place of an element is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// The page.
    Page,
    /// The window: the element does not scroll with the page.
    Window,
    /// The page as well, but a box in it scrolls the element: index of its selector, and how far right and down it was scrolled, in
    /// CSS pixels.
    Scroller(u32, [u32; 2]),
}

/// An element under points, and where it stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Index of the selector that finds it again.
    pub selector: u32,
    /// Against what the place is told.
    pub frame: Frame,
    /// Left and top edge, width and height, in CSS pixels.
    pub rect: [u32; 4],
}

/// A point on an element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Point {
    /// What made it.
    pub kind: Kind,
    /// With what.
    pub pointer: Pointer,
    /// Index of its anchor.
    pub anchor: u32,
    /// Place in the frame of its anchor, in CSS pixels.
    pub at: [u32; 2],
    /// Milliseconds since the page's `opened_at`, a multiple of [`STEP_MS`].
    pub t: u32,
    /// How long the pointer stayed, likewise; 0 of all but [`Kind::Hover`].
    pub stayed: u32,
}

impl Point {
    /// Returns how far it is from the left and top edge of its anchor, in CSS pixels; a rounded move may lie just outside.
    #[must_use]
    pub fn offset(&self, anchor: &Anchor) -> [u32; 2] {
        let ([x, y], [left, top, ..]) = (self.at, anchor.rect);
        [x.saturating_sub(left), y.saturating_sub(top)]
    }
}

/// A point as the page tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot<'a> {
    /// What made it.
    pub kind: Kind,
    /// With what.
    pub pointer: Pointer,
    /// Selector that finds its element again; ` >>> ` enters a shadow root. Empty where none is known.
    pub selector: &'a str,
    /// Whether the element does not scroll with the page.
    pub is_fixed: bool,
    /// Selector of the box that scrolls it, empty where the page does, and how far right and down that is scrolled.
    pub scroller: &'a str,
    /// See `scroller`.
    pub scrolled: [u32; 2],
    /// Left and top edge of the element against the page, or the window where it is fixed there; width and height. CSS pixels.
    pub rect: [u32; 4],
    /// Place against the element's left and top edge.
    pub offset: [u32; 2],
    /// Milliseconds that the pointer stayed, of [`Kind::Hover`].
    pub stayed: u32,
}

impl<'a> Spot<'a> {
    /// Returns a click with a mouse on an element that scrolls with the page.
    #[must_use]
    pub fn click(selector: &'a str, rect: [u32; 4], offset: [u32; 2]) -> Self {
        Self {
            kind: Kind::Click,
            pointer: Pointer::Mouse,
            selector,
            is_fixed: false,
            scroller: "",
            scrolled: [0, 0],
            rect,
            offset,
            stayed: 0,
        }
    }
}

/// Why bytes are not a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Byte at which reading stopped, from 0.
    pub offset: usize,
    /// What is wrong there.
    pub reason: &'static str,
}

/// Packs points as they come.
#[derive(Clone, Debug, Default)]
pub struct Packer {
    /// Selectors and anchors as they are packed, each once.
    selectors: Vec<Vec<u8>>,
    anchors: Vec<Vec<u8>>,
    /// The points, packed, and how many they are.
    points: Vec<u8>,
    count: u32,
    /// The last of them, as it will be read.
    before: Point,
    /// What is being packed: kept, so that a point allocates nothing.
    scratch: Vec<u8>,
}

impl Packer {
    /// Adds a point; returns `false` where it was not taken: there are too many already.
    ///
    /// Where its element is known at that place, nothing is allocated but room for more points, now and then.
    pub fn add(&mut self, spot: &Spot<'_>, since_opened: u32) -> bool {
        let Some(anchor) = self.anchor(spot) else {
            return false;
        };
        let ([left, top, ..], [x, y]) = (spot.rect, spot.offset);
        self.put(Point {
            kind: spot.kind,
            pointer: spot.pointer,
            anchor,
            at: [left.saturating_add(x), top.saturating_add(y)],
            t: since_opened / STEP_MS * STEP_MS,
            stayed: spot.stayed,
        })
    }

    /// Adds the last point once more, as what it turned out to be; where there is none, nothing is to be added.
    pub fn mark(&mut self, kind: Kind) -> bool {
        let point = Point {
            kind,
            ..self.before
        };
        self.count == 0 || self.put(point)
    }

    fn put(&mut self, mut point: Point) -> bool {
        if self.count >= MAX_POINTS as u32 {
            return false;
        }
        self.count += 1;
        let before = self.before;
        let ([x, y], [from_x, from_y]) = (point.at, before.at);
        let [dx, dy] = [(x, from_x), (y, from_y)].map(|(to, from)| to.wrapping_sub(from) as i32);
        let dt = point.t.saturating_sub(before.t);
        let steps = [dx, dy].map(|way| way.wrapping_add(MOVE_PX / 2) >> MOVE_BITS);
        let later = (dt.saturating_add(MOVE_MS / 2) / MOVE_MS).wrapping_sub(1);
        let is_near =
            MOVES_X.contains(&steps[0]) && MOVES_Y.contains(&steps[1]) && later < MOVE_TIMES;
        let turns = self.count == 1 || point.anchor != before.anchor;
        let out = &mut self.points;
        if point.kind == Kind::Move && !turns && point.pointer == before.pointer && is_near {
            let bits = (steps[0] & 0x7f) << 8 | (steps[1] & 0x3f) << 2 | later as i32;
            out.extend_from_slice(&(bits as u16).to_be_bytes());
            point = moved(&before, steps, later);
        } else {
            let turn = if turns { TURNS } else { 0 };
            let kind = (point.kind as u32) << KIND_SHIFT;
            out.push((WHOLE | kind | turn | (point.pointer as u32) << POINTER_SHIFT) as u8);
            if turns {
                put(out, point.anchor);
            }
            put(out, dt / STEP_MS);
            for way in [dx, dy] {
                put(out, (way << 1 ^ way >> 31) as u32);
            }
            if point.kind == Kind::Hover {
                put(out, point.stayed / STEP_MS);
            }
            point.t = before.t.max(point.t);
        }
        self.before = point;
        true
    }

    /// Returns the index of the element of a point.
    fn anchor(&mut self, spot: &Spot<'_>) -> Option<u32> {
        let selector = self.selector(spot.selector)?;
        let scrolls = !spot.is_fixed && !spot.scroller.is_empty();
        let frame = if scrolls {
            self.selector(spot.scroller)? + SCROLLERS
        } else {
            spot.is_fixed.into()
        };
        self.scratch.clear();
        put_all(&mut self.scratch, &[selector, frame]);
        if scrolls {
            put_all(&mut self.scratch, &spot.scrolled);
        }
        put_all(&mut self.scratch, &spot.rect);
        index_of(&mut self.anchors, &self.scratch)
    }

    fn selector(&mut self, selector: &str) -> Option<u32> {
        if selector.len() > MAX_SELECTOR_BYTES {
            return None;
        }
        self.scratch.clear();
        put(&mut self.scratch, selector.len() as u32);
        self.scratch.extend_from_slice(selector.as_bytes());
        index_of(&mut self.selectors, &self.scratch)
    }

    /// Returns how many points it holds.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.count
    }

    /// Returns whether it holds no point.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Returns the bytes of a chunk, and begins anew.
    pub fn pack(&mut self) -> Vec<u8> {
        let all = core::mem::take(self);
        let mut out = vec![VERSION];
        for list in [all.selectors, all.anchors] {
            put(&mut out, list.len() as u32);
            for packed in list {
                out.extend_from_slice(&packed);
            }
        }
        put(&mut out, all.count);
        out.extend_from_slice(&all.points);
        out
    }
}

/// Returns where in a list something stands, added where it was not; nothing where the list is full.
fn index_of(list: &mut Vec<Vec<u8>>, packed: &[u8]) -> Option<u32> {
    let known = list.iter().position(|known| *known == packed);
    let index = known.unwrap_or(list.len());
    if index >= MAX_ANCHORS {
        return None;
    }
    if known.is_none() {
        list.push(packed.to_vec());
    }
    Some(index as u32)
}

/// What one chunk holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chunk {
    /// Selectors of elements, and of boxes that scroll.
    pub selectors: Vec<String>,
    /// The elements.
    pub anchors: Vec<Anchor>,
    /// The points, oldest first.
    pub points: Vec<Point>,
}

impl Chunk {
    /// Returns the chunk that `bytes` hold.
    ///
    /// # Errors
    /// Where the bytes end early, go on too long, or name what is not there. Never allocates more than the bytes account for.
    pub fn unpack(bytes: &[u8]) -> Result<Self, Broken> {
        let mut reader = Reader { bytes, at: 0 };
        if reader.byte()? != VERSION {
            return Err(Broken {
                offset: 0,
                reason: "not a chunk of version 2",
            });
        }
        let mut chunk = Self::default();
        for _ in 0..reader.count(MAX_ANCHORS, "too many selectors")? {
            let selector = reader.text()?;
            chunk.selectors.push(selector);
        }
        for _ in 0..reader.count(MAX_ANCHORS, "too many anchors")? {
            let anchor = reader.anchor(chunk.selectors.len())?;
            chunk.anchors.push(anchor);
        }
        let mut before = None;
        for _ in 0..reader.count(MAX_POINTS, "too many points")? {
            let point = reader.point(before, chunk.anchors.len())?;
            before = Some(point);
            chunk.points.push(point);
        }
        if reader.at < bytes.len() {
            return Err(reader.broken("bytes after the last point"));
        }
        Ok(chunk)
    }
}

/// Returns the move that is so many steps from another point, and one more in time.
fn moved(before: &Point, [right, down]: [i32; 2], later: u32) -> Point {
    let [x, y] = before.at;
    Point {
        kind: Kind::Move,
        at: [
            x.wrapping_add_signed(right * MOVE_PX),
            y.wrapping_add_signed(down * MOVE_PX),
        ],
        t: before.t.saturating_add((later + 1) * MOVE_MS),
        stayed: 0,
        ..*before
    }
}

/// Highest bit of what begins a point that is told whole. In it: the kind, whether its anchor is told, and the pointer.
const WHOLE: u32 = 0x80;
const KIND_SHIFT: u32 = 4;
const TURNS: u32 = 1 << 3;
const POINTER_SHIFT: u32 = 1;
/// Codes of frames below this: the page, and the window. From it on they are indices of selectors.
const SCROLLERS: u32 = 2;

fn put_all(out: &mut Vec<u8>, numbers: &[u32]) {
    for number in numbers {
        put(out, *number);
    }
}

fn put(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn broken(&self, reason: &'static str) -> Broken {
        Broken {
            offset: self.at,
            reason,
        }
    }

    fn byte(&mut self) -> Result<u8, Broken> {
        let byte = self
            .bytes
            .get(self.at)
            .copied()
            .ok_or(self.broken("ends too early"))?;
        self.at += 1;
        Ok(byte)
    }

    fn varint(&mut self) -> Result<u32, Broken> {
        let mut number = 0u32;
        for shift in (0..32).step_by(7) {
            let byte = self.byte()?;
            let bits = u32::from(byte & 0x7f);
            if bits << shift >> shift != bits {
                break;
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(self.broken("number out of range"))
    }

    fn count(&mut self, most: usize, reason: &'static str) -> Result<usize, Broken> {
        let count = self.varint()? as usize;
        if count > most {
            Err(self.broken(reason))
        } else {
            Ok(count)
        }
    }

    /// Reads an anchor, where there are so many selectors.
    fn anchor(&mut self, selectors: usize) -> Result<Anchor, Broken> {
        let known = |reader: &Self, index: u32| {
            let is_known = (index as usize) < selectors;
            is_known
                .then_some(index)
                .ok_or(reader.broken("no such selector"))
        };
        let selector = self.varint()?;
        let selector = known(self, selector)?;
        let frame = match self.varint()? {
            0 => Frame::Page,
            1 => Frame::Window,
            index => {
                let scroller = known(self, index - SCROLLERS)?;
                Frame::Scroller(scroller, [self.varint()?, self.varint()?])
            }
        };
        let mut rect = [0; 4];
        for edge in &mut rect {
            *edge = self.varint()?;
        }
        Ok(Anchor {
            selector,
            frame,
            rect,
        })
    }

    /// Reads the point behind another, where there are so many anchors.
    fn point(&mut self, before: Option<Point>, anchors: usize) -> Result<Point, Broken> {
        let head = u32::from(self.byte()?);
        if head & WHOLE == 0 {
            let rest = u32::from(self.byte()?);
            let before = before.ok_or(self.broken("a step from nowhere"))?;
            let steps = [signed(head, 7), signed(rest >> 2, 6)];
            return Ok(moved(&before, steps, rest & 3));
        }
        let kind = Kind::of(head >> KIND_SHIFT & 7);
        let kind = kind.ok_or(self.broken("unknown kind of point"))?;
        let anchor = if head & TURNS == 0 {
            before.map_or(u32::MAX, |before| before.anchor)
        } else {
            self.varint()?
        };
        let before = before.unwrap_or_default();
        if anchor as usize >= anchors {
            return Err(self.broken("no such anchor"));
        }
        let t = self.time(before.t)?;
        let mut at = before.at;
        for place in &mut at {
            let way = self.varint()?;
            *place = place.wrapping_add(way >> 1 ^ (way & 1).wrapping_neg());
        }
        let stayed = if kind == Kind::Hover {
            self.time(0)?
        } else {
            0
        };
        Ok(Point {
            kind,
            pointer: Pointer::of(head >> POINTER_SHIFT & 3),
            anchor,
            at,
            t,
            stayed,
        })
    }

    /// Reads a time as so many steps since another.
    fn time(&mut self, since: u32) -> Result<u32, Broken> {
        let steps = self.varint()?;
        let ms = steps
            .checked_mul(STEP_MS)
            .and_then(|ms| ms.checked_add(since));
        ms.ok_or(self.broken("time out of range"))
    }

    fn text(&mut self) -> Result<String, Broken> {
        let len = self.count(MAX_SELECTOR_BYTES, "selector too long")?;
        let bytes = self
            .bytes
            .get(self.at..self.at + len)
            .ok_or(self.broken("ends too early"))?;
        let text = str::from_utf8(bytes).map_err(|_| self.broken("selector is not UTF-8"))?;
        self.at += len;
        Ok(text.to_owned())
    }
}

/// Returns what the lowest `bits` say, the highest of them being the sign.
fn signed(number: u32, bits: u32) -> i32 {
    let shift = 32 - bits;
    (number << shift) as i32 >> shift
}

#[cfg(test)]
mod tests {
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
        assert_eq!(far.at, [1200, 410], "farther ones are told whole");
    }

    #[test]
    fn the_first_point_is_told_whole_wherever_it_is() {
        let mut packer = Packer::default();
        packer.add(&moving([0, 0, 100, 100], [12, 8]), 100);
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
        let cases: [(&[u8], usize, &str); 14] = [
            (&[], 0, "ends too early"),
            (&[1, 0, 0, 0], 0, "not a chunk of version 2"),
            (&[2, 0xff, 0xff, 0xff, 0xff, 0xff], 6, "number out of range"),
            (&[2, 0xff, 0x7f], 3, "too many selectors"),
            (&[2, 1, 0xff, 0x7f], 4, "selector too long"),
            (&[2, 1, 1, 0xff, 0, 0], 3, "selector is not UTF-8"),
            (&[2, 0, 0xff, 0x7f], 4, "too many anchors"),
            (&[2, 0, 1, 0, 0, 0, 0, 0, 0], 4, "no such selector"),
            (&[2, 1, 0, 1, 0, 3, 0, 0, 0, 0, 0, 0], 6, "no such selector"),
            (&[2, 0, 0, 0xff, 0x7f], 5, "too many points"),
            (&[2, 0, 0, 1, 0, 0], 6, "a step from nowhere"),
            (&[2, 0, 0, 1, 0xf0, 0, 0, 0], 5, "unknown kind of point"),
            (&[2, 0, 0, 1, 0x88, 0, 0, 0, 0], 6, "no such anchor"),
            (&[2, 0, 0, 0, 9], 4, "bytes after the last point"),
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
            selector in prop::sample::select(&["", "a", "main > a", "x-card >>> b"][..]),
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
}
