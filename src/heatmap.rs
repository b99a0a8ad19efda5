//! Packs heatmap points into few bytes, and reads them back. The format is described in docs/wire.md.
//!
//! Enters: points anchored to elements. Leaves: a chunk of bytes. A point is told by its element first, so that it falls
//! on the same button after the layout changed.

/// First byte of a chunk.
pub const VERSION: u8 = 1;
/// Elements one chunk may hold; a page with more clicked elements within one batch is not a person's work.
pub const MAX_ANCHORS: usize = 512;
/// Points one chunk may hold, about 10 KB packed: a fifth of what one request may carry.
pub const MAX_POINTS: usize = 2048;
/// Bytes a selector may have; a longer one names nothing stable.
pub const MAX_SELECTOR_BYTES: usize = 512;
/// Point times are kept in steps of this.
pub const STEP_MS: u32 = 10;

/// What made the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A click, a tap, or a key that activates.
    Click,
}

/// The element under a point: how to find it, and where it stood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// Selector that finds it again; ` >>> ` enters a shadow root. Empty where none is known.
    pub selector: String,
    /// Left and top edge in the page, width and height, in CSS pixels.
    pub rect: [u32; 4],
}

/// A point on an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// What made it.
    pub kind: Kind,
    /// Index of its anchor in the chunk.
    pub anchor: u32,
    /// Offset from the anchor's left and top edge, in CSS pixels.
    pub offset: [u32; 2],
    /// Milliseconds since the page's `opened_at`, a multiple of [`STEP_MS`].
    pub t: u32,
}

/// What one chunk holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chunk {
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
    /// Adds a point of `anchor`; `false` where the chunk is full and the point was not taken.
    ///
    /// The same element at another place is another anchor that shares the selector's bytes.
    pub fn add(
        &mut self,
        kind: Kind,
        anchor: &Anchor,
        offset: [u32; 2],
        since_opened: u32,
    ) -> bool {
        if self.points.len() >= MAX_POINTS || anchor.selector.len() > MAX_SELECTOR_BYTES {
            return false;
        }
        let known = self.anchors.iter().position(|known| known == anchor);
        if known.is_none() && self.anchors.len() >= MAX_ANCHORS {
            return false;
        }
        let index = known.unwrap_or_else(|| {
            self.anchors.push(anchor.clone());
            self.anchors.len() - 1
        });
        let t = since_opened / STEP_MS * STEP_MS;
        self.points.push(Point {
            kind,
            anchor: index as u32,
            offset,
            t,
        });
        true
    }

    /// Returns the bytes.
    #[must_use]
    pub fn pack(&self) -> Vec<u8> {
        let mut out = vec![VERSION];
        put(&mut out, self.anchors.len() as u32);
        for (index, anchor) in self.anchors.iter().enumerate() {
            let mut before = self.anchors.iter().take(index).rev();
            let back = before.position(|other| other.selector == anchor.selector);
            put(&mut out, back.map_or(0, |back| back as u32 + 1));
            if back.is_none() {
                put(&mut out, anchor.selector.len() as u32);
                out.extend_from_slice(anchor.selector.as_bytes());
            }
            for edge in &anchor.rect {
                put(&mut out, *edge);
            }
        }
        put(&mut out, self.points.len() as u32);
        let mut before = 0;
        for point in &self.points {
            put(&mut out, point.kind.code() | point.anchor << KIND_BITS);
            let step = point.t / STEP_MS;
            put(&mut out, step.saturating_sub(before));
            before = step.max(before);
            put(&mut out, point.offset[0]);
            put(&mut out, point.offset[1]);
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
                reason: "not a chunk of version 1",
            });
        }
        let mut anchors: Vec<Anchor> = Vec::new();
        for index in 0..reader.count(MAX_ANCHORS, "too many anchors")? {
            let back = reader.varint()? as usize;
            let selector = if back == 0 {
                reader.text()?
            } else {
                let earlier = index
                    .checked_sub(back)
                    .and_then(|earlier| anchors.get(earlier));
                earlier
                    .ok_or(reader.broken("no anchor stands there"))?
                    .selector
                    .clone()
            };
            let rect = [
                reader.varint()?,
                reader.varint()?,
                reader.varint()?,
                reader.varint()?,
            ];
            anchors.push(Anchor { selector, rect });
        }
        let mut points = Vec::new();
        let mut step = 0u32;
        for _ in 0..reader.count(MAX_POINTS, "too many points")? {
            let head = reader.varint()?;
            let kind =
                Kind::from_code(head & KIND_MASK).ok_or(reader.broken("unknown kind of point"))?;
            let anchor = head >> KIND_BITS;
            if anchor as usize >= anchors.len() {
                return Err(reader.broken("no such anchor"));
            }
            step = step.saturating_add(reader.varint()?);
            let t = step
                .checked_mul(STEP_MS)
                .ok_or(reader.broken("time out of range"))?;
            points.push(Point {
                kind,
                anchor,
                offset: [reader.varint()?, reader.varint()?],
                t,
            });
        }
        if reader.at < bytes.len() {
            return Err(reader.broken("bytes after the last point"));
        }
        Ok(Self { anchors, points })
    }
}

const KIND_BITS: u32 = 3;
const KIND_MASK: u32 = (1 << KIND_BITS) - 1;

impl Kind {
    fn code(self) -> u32 {
        match self {
            Self::Click => 0,
        }
    }

    fn from_code(code: u32) -> Option<Self> {
        (code == 0).then_some(Self::Click)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn anchor(selector: &str, rect: [u32; 4]) -> Anchor {
        Anchor {
            selector: selector.to_owned(),
            rect,
        }
    }

    #[test]
    fn a_further_click_on_a_small_button_takes_five_bytes() {
        let mut chunk = Chunk::default();
        let button = anchor("#add", [640, 420, 120, 44]);
        assert!(chunk.add(Kind::Click, &button, [17, 30], 4_218));
        let one = chunk.pack().len();
        assert!(chunk.add(Kind::Click, &button, [103, 8], 9_930));
        assert_eq!(chunk.pack().len() - one, 5);
    }

    #[test]
    fn a_moved_element_shares_its_selector() {
        let mut chunk = Chunk::default();
        let selector = "main > button.add-to-cart";
        assert!(chunk.add(Kind::Click, &anchor(selector, [0, 10, 80, 40]), [1, 1], 0));
        assert!(chunk.add(Kind::Click, &anchor(selector, [0, 900, 80, 40]), [2, 2], 10));
        let bytes = chunk.pack();
        assert_eq!(
            bytes
                .windows(selector.len())
                .filter(|part| *part == selector.as_bytes())
                .count(),
            1
        );
        assert_eq!(Chunk::unpack(&bytes), Ok(chunk));
    }

    #[test]
    fn a_full_chunk_takes_no_more() {
        let mut chunk = Chunk::default();
        for index in 0..MAX_POINTS as u32 {
            assert!(chunk.add(Kind::Click, &anchor("a", [0; 4]), [index, 0], 0));
        }
        assert!(!chunk.add(Kind::Click, &anchor("a", [0; 4]), [0, 0], 0));
        assert_eq!(Chunk::unpack(&chunk.pack()), Ok(chunk));
    }

    #[test]
    fn hostile_bytes_are_refused_with_their_place() {
        let cases: [(&[u8], usize, &str); 9] = [
            (&[], 0, "ends too early"),
            (&[2, 0, 0], 0, "not a chunk of version 1"),
            (&[1, 0xff, 0xff, 0xff, 0xff, 0xff], 6, "number out of range"),
            (&[1, 0xff, 0x7f], 3, "too many anchors"),
            (&[1, 1, 0, 0xff, 0x7f], 5, "selector too long"),
            (&[1, 1, 1, 0, 0, 0, 0, 0], 3, "no anchor stands there"),
            (&[1, 0, 1, 0, 0, 0, 0], 4, "no such anchor"),
            (&[1, 0, 1, 7, 0, 0, 0], 4, "unknown kind of point"),
            (&[1, 0, 0, 9], 3, "bytes after the last point"),
        ];
        for (bytes, offset, reason) in cases {
            assert_eq!(
                Chunk::unpack(bytes),
                Err(Broken { offset, reason }),
                "{bytes:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_points_read_back(
            points in prop::collection::vec(("[a-z#. >]{0,40}", any::<[u32; 4]>(), any::<[u32; 2]>(), 0u32..5_000_000), 0..200)
        ) {
            let mut points = points;
            points.sort_by_key(|(_, _, _, t)| *t);
            let mut chunk = Chunk::default();
            for (selector, rect, offset, t) in points {
                let anchor = Anchor { selector, rect };
                let taken = chunk.add(Kind::Click, &anchor, offset, t);
                prop_assert!(taken);
            }
            prop_assert_eq!(Chunk::unpack(&chunk.pack()), Ok(chunk));
        }

        #[test]
        fn any_bytes_are_a_chunk_or_refused(bytes: Vec<u8>) {
            if let Err(broken) = Chunk::unpack(&bytes) {
                prop_assert!(broken.offset <= bytes.len());
            }
        }
    }
}
