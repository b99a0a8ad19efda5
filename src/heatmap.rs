//! Gathers heatmap points, packs them into few bytes, and reads them back. The format is described in docs/wire.md.
//!
//! Enters: points on elements. Leaves: a chunk of bytes. A point is told by its element first, so that it falls on the same
//! button after the layout changed. Bounded: the oldest move gives way before any click.

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
/// As many steps as those bytes hold: of time, and of place to the right and down.
const MOVE_TIMES: Range<u32> = 1..5;
const MOVES_X: Range<i32> = -64..64;
const MOVES_Y: Range<i32> = -32..32;

/// What made a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Pointer {
    /// A mouse, or what says nothing of itself.
    Mouse,
    /// A finger.
    Touch,
    /// A pen.
    Pen,
    /// A key: the point is the middle of the element.
    Key,
}

/// All kinds and pointers, by their codes.
const KINDS: [Kind; 5] = [Kind::Click, Kind::Move, Kind::Hover, Kind::Rage, Kind::Dead];
const POINTERS: [Pointer; 4] = [Pointer::Mouse, Pointer::Touch, Pointer::Pen, Pointer::Key];

impl Kind {
    /// Returns the kind of this code; a click where there is none.
    #[must_use]
    pub fn of(code: u32) -> Self {
        KINDS.get(code as usize).copied().unwrap_or(Self::Click)
    }
}

impl Pointer {
    /// Returns the pointer of this code; a mouse where there is none.
    #[must_use]
    pub fn of(code: u32) -> Self {
        POINTERS.get(code as usize).copied().unwrap_or(Self::Mouse)
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// Why bytes are not a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Byte at which reading stopped, from 0.
    pub offset: usize,
    /// What is wrong there.
    pub reason: &'static str,
}

impl Chunk {
    /// Adds a point; `false` where it was not taken, or an older move gave way to it. Of known elements nothing is allocated.
    pub fn add(&mut self, spot: &Spot<'_>, since_opened: u32) -> bool {
        let Some(anchor) = self.anchor(spot) else {
            return false;
        };
        let [left, top, ..] = spot.rect;
        let [x, y] = spot.offset;
        self.push(Point {
            kind: spot.kind,
            pointer: spot.pointer,
            anchor,
            at: [left.saturating_add(x), top.saturating_add(y)],
            t: since_opened / STEP_MS * STEP_MS,
            stayed: spot.stayed / STEP_MS * STEP_MS,
        })
    }

    /// Adds the last click once more, as what it turned out to be; see [`Self::add`].
    pub fn mark(&mut self, kind: Kind) -> bool {
        let mut points = self.points.iter().rev();
        let Some(click) = points.find(|point| point.kind == Kind::Click) else {
            return true;
        };
        self.push(Point { kind, ..*click })
    }

    fn push(&mut self, mut point: Point) -> bool {
        let is_full = self.points.len() >= MAX_POINTS;
        if is_full {
            let mut points = self.points.iter();
            let Some(oldest) = points.position(|point| point.kind == Kind::Move) else {
                return false;
            };
            self.points.remove(oldest);
        } else if self.points.is_empty() {
            // One block, whatever comes.
            self.points.reserve_exact(MAX_POINTS);
        }
        if let Some(before) = self.points.last() {
            point.t = point.t.max(before.t);
            if let Some(steps) = steps(before, &point) {
                point = moved(before, steps);
            }
        }
        self.points.push(point);
        !is_full
    }

    fn anchor(&mut self, spot: &Spot<'_>) -> Option<u32> {
        let anchor = Anchor {
            selector: self.selector(spot.selector)?,
            frame: if spot.is_fixed {
                Frame::Window
            } else if spot.scroller.is_empty() {
                Frame::Page
            } else {
                Frame::Scroller(self.selector(spot.scroller)?, spot.scrolled)
            },
            rect: spot.rect,
        };
        // The newest is the likeliest.
        let known = self.anchors.iter().rposition(|known| *known == anchor);
        let index = known.or_else(|| {
            let index = self.anchors.len();
            (index < MAX_ANCHORS).then(|| {
                self.anchors.push(anchor);
                index
            })
        });
        index.map(|index| index as u32)
    }

    fn selector(&mut self, selector: &str) -> Option<u32> {
        let known = self.selectors.iter().rposition(|known| known == selector);
        let index = known.or_else(|| {
            let index = self.selectors.len();
            (index < MAX_ANCHORS && selector.len() <= MAX_SELECTOR_BYTES).then(|| {
                self.selectors.push(selector.to_owned());
                index
            })
        });
        index.map(|index| index as u32)
    }

    /// Forgets all, and keeps the memory.
    pub fn clear(&mut self) {
        self.selectors.clear();
        self.anchors.clear();
        self.points.clear();
    }

    /// Returns the bytes.
    #[must_use]
    pub fn pack(&self) -> Vec<u8> {
        let mut out = vec![VERSION];
        put(&mut out, self.selectors.len() as u32);
        for selector in &self.selectors {
            put(&mut out, selector.len() as u32);
            out.extend_from_slice(selector.as_bytes());
        }
        put(&mut out, self.anchors.len() as u32);
        for anchor in &self.anchors {
            put(&mut out, anchor.selector);
            match anchor.frame {
                Frame::Page => put(&mut out, 0),
                Frame::Window => put(&mut out, 1),
                Frame::Scroller(selector, [x, y]) => {
                    put(&mut out, selector + 2);
                    put(&mut out, x);
                    put(&mut out, y);
                }
            }
            for edge in anchor.rect {
                put(&mut out, edge);
            }
        }
        put(&mut out, self.points.len() as u32);
        let mut before = START;
        for point in &self.points {
            let steps = steps(&before, point).filter(|steps| moved(&before, *steps) == *point);
            if let Some([dx, dy, dt]) = steps {
                let both = (dx & 0x7f) << 8 | (dy & 0x3f) << 2 | (dt - 1);
                out.extend_from_slice(&(both as u16).to_be_bytes());
            } else {
                put_whole(&mut out, &before, point);
            }
            before = *point;
        }
        out
    }

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
        let mut before = START;
        for _ in 0..reader.count(MAX_POINTS, "too many points")? {
            before = reader.point(&before, chunk.anchors.len())?;
            chunk.points.push(before);
        }
        if reader.at < bytes.len() {
            return Err(reader.broken("bytes after the last point"));
        }
        Ok(chunk)
    }
}

/// What the first point is told against. No move follows it in steps: nothing has been there.
const START: Point = Point {
    kind: Kind::Click,
    pointer: Pointer::Mouse,
    anchor: u32::MAX,
    at: [0, 0],
    t: 0,
    stayed: 0,
};

/// Returns how many steps right, down and of time lead from one point to the next, rounded, where two bytes tell them.
fn steps(before: &Point, point: &Point) -> Option<[i32; 3]> {
    let is_near = point.kind == Kind::Move
        && point.anchor == before.anchor
        && point.pointer == before.pointer;
    let round = |axis: usize| {
        let [from, to] = [before, point].map(|point| point.at.get(axis).copied().unwrap_or(0));
        let way = to.wrapping_sub(from) as i32;
        way.saturating_add(MOVE_PX / 2).div_euclid(MOVE_PX)
    };
    let [dx, dy] = [round(0), round(1)];
    let dt = point.t.saturating_sub(before.t).saturating_add(MOVE_MS / 2) / MOVE_MS;
    let fits =
        is_near && MOVES_X.contains(&dx) && MOVES_Y.contains(&dy) && MOVE_TIMES.contains(&dt);
    fits.then_some([dx, dy, dt as i32])
}

/// Returns the move that is so many steps from another point.
fn moved(before: &Point, [dx, dy, dt]: [i32; 3]) -> Point {
    let [x, y] = before.at;
    Point {
        kind: Kind::Move,
        at: [
            x.wrapping_add_signed(dx * MOVE_PX),
            y.wrapping_add_signed(dy * MOVE_PX),
        ],
        t: before.t.saturating_add(dt as u32 * MOVE_MS),
        stayed: 0,
        ..*before
    }
}

/// Highest bit of what begins a point that is told whole.
const WHOLE: u32 = 0x80;
/// In it, behind the kind: its anchor is another than that of the point before, and told.
const TURNS: u32 = 1 << 3;

fn put_whole(out: &mut Vec<u8>, before: &Point, point: &Point) {
    let turns = point.anchor != before.anchor;
    let kind = (point.kind as u32) << 4;
    let turn = if turns { TURNS } else { 0 };
    out.push((WHOLE | kind | turn | (point.pointer as u32) << 1) as u8);
    if turns {
        put(out, point.anchor);
    }
    put(out, point.t.saturating_sub(before.t) / STEP_MS);
    for (from, to) in before.at.iter().zip(point.at) {
        let way = to.wrapping_sub(*from) as i32;
        put(out, (way << 1 ^ way >> 31) as u32);
    }
    if point.kind == Kind::Hover {
        put(out, point.stayed / STEP_MS);
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
                let scroller = known(self, index - 2)?;
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
    fn point(&mut self, before: &Point, anchors: usize) -> Result<Point, Broken> {
        let head = u32::from(self.byte()?);
        if head & WHOLE == 0 {
            let rest = u32::from(self.byte()?);
            if *before == START {
                return Err(self.broken("a step from nowhere"));
            }
            let dt = (rest & 3) as i32 + 1;
            return Ok(moved(before, [signed(head, 7), signed(rest >> 2, 6), dt]));
        }
        let kind = KINDS.get((head >> 4 & 7) as usize);
        let kind = *kind.ok_or(self.broken("unknown kind of point"))?;
        let anchor = if head & TURNS == 0 {
            before.anchor
        } else {
            self.varint()?
        };
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
            pointer: Pointer::of(head >> 1 & 3),
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

    #[test]
    fn a_further_click_on_a_small_button_takes_five_bytes() {
        let mut chunk = Chunk::default();
        let button = [640, 420, 120, 44];
        assert!(chunk.add(&Spot::click("#add", button, [17, 30]), 4_218));
        let one = chunk.pack().len();
        assert!(chunk.add(&Spot::click("#add", button, [103, 8]), 5_430));
        assert_eq!(chunk.pack().len() - one, 5);
    }

    #[test]
    fn a_further_move_takes_two_bytes_and_is_two_pixels_off_at_most() {
        let mut chunk = Chunk::default();
        let whole = [0, 0, 1280, 4000];
        assert!(chunk.add(&moving(whole, [400, 300]), 1000));
        let one = chunk.pack().len();
        for (n, [x, y]) in (1u32..).zip([[611u32, 352], [640, 289], [640, 290], [395, 410]]) {
            assert!(chunk.add(&moving(whole, [x, y]), 1000 + n * 104));
            let last = chunk.points[n as usize];
            assert!(last.at[0].abs_diff(x) <= 2 && last.at[1].abs_diff(y) <= 2);
            assert!(last.t.abs_diff(1000 + n * 104) <= 25);
            assert_eq!(chunk.pack().len() - one, 2 * n as usize);
        }
        assert!(chunk.add(&moving(whole, [1200, 410]), 1600));
        assert_eq!(
            chunk.points[5].at,
            [1200, 410],
            "farther ones are told whole"
        );
    }

    #[test]
    fn a_moved_element_shares_its_selector() {
        let mut chunk = Chunk::default();
        let selector = "main > button.add-to-cart";
        assert!(chunk.add(&Spot::click(selector, [0, 10, 80, 40], [1, 1]), 0));
        assert!(chunk.add(&Spot::click(selector, [0, 900, 80, 40], [2, 2]), 10));
        assert_eq!((chunk.selectors.len(), chunk.anchors.len()), (1, 2));
        assert_eq!(Chunk::unpack(&chunk.pack()), Ok(chunk));
    }

    #[test]
    fn the_oldest_move_gives_way_and_no_click_does() {
        let mut chunk = Chunk::default();
        let rect = [0, 0, 9000, 9000];
        assert!(chunk.add(&Spot::click("a", rect, [1, 1]), 0));
        for n in 1..MAX_POINTS as u32 {
            assert!(chunk.add(&moving(rect, [n, 0]), n * 100));
        }
        let memory = chunk.points.capacity();
        assert!(
            !chunk.add(&Spot::click("a", rect, [2, 2]), 900_000),
            "one is lost"
        );
        assert_eq!(chunk.points.len(), MAX_POINTS);
        assert_eq!(chunk.points[0].at, [1, 1], "a click");
        assert_eq!(chunk.points[1].t, 200, "the second move");
        assert_eq!(chunk.points.capacity(), memory);
        assert_eq!(Chunk::unpack(&chunk.pack()), Ok(chunk));

        let mut clicks = Chunk::default();
        for n in 0..MAX_POINTS as u32 {
            assert!(clicks.add(&Spot::click("a", rect, [n, 0]), 0));
        }
        assert!(!clicks.add(&Spot::click("a", rect, [5000, 0]), 0));
        assert!(clicks.points.iter().all(|point| point.at[0] < 5000));
    }

    #[test]
    fn what_a_click_turns_out_to_be_stands_where_it_was() {
        let mut chunk = Chunk::default();
        assert!(chunk.mark(Kind::Dead), "no click, no mark");
        assert!(chunk.points.is_empty());
        chunk.add(&Spot::click("a", [10, 10, 80, 40], [4, 5]), 100);
        chunk.add(&moving([0, 0, 900, 900], [500, 500]), 900);
        chunk.mark(Kind::Dead);
        let dead = chunk.points[2];
        assert_eq!((dead.kind, dead.at, dead.t), (Kind::Dead, [14, 15], 900));
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
            rect in prop::array::uniform4(prop_oneof![0..2000u32, any::<u32>()]),
            offset in prop::array::uniform2(prop_oneof![0..300u32, any::<u32>()]),
            scrolled: [u32; 2],
            stayed: u32,
            t in prop_oneof![0..300u32, 0..2_000_000u32],
        ) -> (Spot<'static>, u32) {
            let spot = Spot {
                kind: Kind::of(code),
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
            let mut chunk = Chunk::default();
            let mut now = 0;
            for (spot, t) in spots {
                now += t;
                prop_assert!(chunk.add(&spot, now));
            }
            prop_assert_eq!(Chunk::unpack(&chunk.pack()), Ok(chunk));
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
            let mut chunk = Chunk::default();
            for (spot, t) in spots {
                chunk.add(&spot, t);
            }
            let mut bytes = chunk.pack();
            let place = place.index(bytes.len());
            bytes[place] = byte;
            if let Ok(read) = Chunk::unpack(&bytes) {
                prop_assert_eq!(Chunk::unpack(&read.pack()), Ok(read));
            }
        }
    }
}
