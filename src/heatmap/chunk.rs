//! Reads chunks of points, of this version and of the one before.

use core::ops::RangeInclusive;

use super::{
    Anchor, Broken, Frame, KIND_SHIFT, Kind, MAX_ANCHORS, MAX_POINTS, MAX_SELECTOR_BYTES, MOVE_PX,
    NEXT, POINTER_SHIFT, Place, Point, Pointer, SCROLLERS, SOME_NUMBER, STEP_MS, TURNS, VERSION,
    WHOLE, away, expected, like, middle, moved,
};

/// Versions that are read: what a page kept, and what is stored, may be older than the program.
pub const READ_VERSIONS: RangeInclusive<u8> = 3..=VERSION;

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
    /// Where the bytes end early, go on too long, or name what is not there. Never allocates more than the bytes account for, but for selectors, which
    /// may share bytes: half a KiB each.
    pub fn unpack(bytes: &[u8]) -> Result<Self, Broken> {
        let mut reader = Reader { bytes, at: 0 };
        let version = reader.byte()?;
        if !READ_VERSIONS.contains(&version) {
            return Err(Broken {
                offset: 0,
                reason: "not a chunk of version 3 or 4",
            });
        }
        let is_old = version < VERSION;
        let mut chunk = Self::default();
        let (mut shapes, mut kins) = (Vec::new(), Vec::new());
        for _ in 0..reader.count(MAX_ANCHORS, "too many selectors")? {
            let (selector, kin) = if is_old {
                reader.old_selector(&chunk.selectors)?
            } else {
                reader.selector(&mut shapes)?
            };
            chunk.selectors.push(selector);
            kins.push(kin);
        }
        let (mut places, mut next) = (Vec::new(), 0);
        for _ in 0..reader.count(MAX_ANCHORS, "too many anchors")? {
            let (place, anchor) = reader.place(is_old, &places, &kins, next)?;
            next = expected(next, place);
            places.push(place);
            chunk.anchors.push(anchor);
        }
        let (mut before, mut named) = (None, 0);
        for _ in 0..reader.count(MAX_POINTS, "too many points")? {
            let point = reader.point(before, &places, &mut named)?;
            before = Some(point);
            chunk.points.push(point);
        }
        if reader.at < bytes.len() {
            return Err(reader.broken("bytes after the last point"));
        }
        Ok(chunk)
    }
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

    /// Reads the anchor behind others, by how it differs from the one that is [`like`] it. `kins` says of each selector which shape it has;
    /// of an old one, how far before it that stands by which it is told.
    fn place(
        &mut self,
        is_old: bool,
        before: &[Place],
        kins: &[u32],
        next: u32,
    ) -> Result<(Place, Anchor), Broken> {
        let head = self.byte()?;
        let off = if head & 1 == 0 { 0 } else { self.signed()? };
        let selector = next.wrapping_add_signed(off);
        self.known(selector, kins.len())?;
        let kin = |selector: u32| kins.get(selector as usize).copied().unwrap_or_default();
        let mut place = like(before, |one| {
            if is_old {
                [selector, selector.wrapping_sub(kin(selector))].contains(&one)
            } else {
                kin(one) == kin(selector)
            }
        });
        for (bit, number) in place.iter_mut().enumerate().skip(1) {
            if head >> bit & 1 != 0 {
                *number = number.wrapping_add_signed(self.signed()?);
            }
        }
        let [_, frame, ..] = place;
        if frame >= SCROLLERS {
            self.known(frame - SCROLLERS, kins.len())?;
        }
        place[0] = selector;
        Ok((place, anchor(place)))
    }

    /// Refuses the index of a selector where there are not so many.
    fn known(&self, index: u32, selectors: usize) -> Result<(), Broken> {
        if (index as usize) < selectors {
            Ok(())
        } else {
            Err(self.broken("no such selector"))
        }
    }

    /// Reads the point behind another; `named` counts the anchors that points have named.
    fn point(
        &mut self,
        before: Option<Point>,
        places: &[Place],
        named: &mut u32,
    ) -> Result<Point, Broken> {
        let head = u32::from(self.byte()?);
        if head & WHOLE == 0 {
            let rest = u32::from(self.byte()?);
            let before = before.ok_or(self.broken("a step from nowhere"))?;
            let steps = [low_bits(head, 7), low_bits(rest >> 2, 6)];
            return Ok(moved(&before, steps, rest & 3));
        }
        let kind = Kind::of(head >> KIND_SHIFT & 7);
        let kind = kind.ok_or(self.broken("unknown kind of point"))?;
        let turns = head & TURNS != 0;
        let index = if !turns {
            before.map_or(u32::MAX, |before| before.anchor)
        } else if head & NEXT != 0 {
            *named
        } else {
            self.varint()?
        };
        let place = places.get(index as usize);
        let place = place.ok_or(self.broken("no such anchor"))?;
        if index == *named {
            *named += 1;
        }
        let before = before.unwrap_or_default();
        let t = self.time(before.t)?;
        let from = if turns { middle(*place) } else { before.at };
        let px = if kind == Kind::Move { MOVE_PX } else { 1 };
        let ways = [self.signed()?, self.signed()?].map(|way| way.wrapping_mul(px));
        let stayed = if kind == Kind::Hover {
            self.time(0)?
        } else {
            0
        };
        Ok(Point {
            kind,
            pointer: Pointer::of(head >> POINTER_SHIFT & 3),
            anchor: index,
            at: away(from, ways),
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

    fn signed(&mut self) -> Result<i32, Broken> {
        let number = self.varint()?;
        Ok((number >> 1 ^ (number & 1).wrapping_neg()) as i32)
    }

    /// Reads a selector behind others by its shape, of which so many have been read; returns the shape's index with it.
    fn selector(&mut self, shapes: &mut Vec<Vec<u8>>) -> Result<(String, u32), Broken> {
        let kin = self.varint()?;
        if kin as usize == shapes.len() {
            let before = shapes.last().map(Vec::as_slice).unwrap_or_default();
            let first = self.varint()? as usize;
            shapes.push(self.sharing(before, first, 0)?);
        }
        let shape = shapes.get(kin as usize);
        let mut text = Vec::new();
        for byte in shape.ok_or(self.broken("no such shape"))? {
            if *byte == SOME_NUMBER {
                text.extend_from_slice(self.varint()?.to_string().as_bytes());
            } else {
                text.push(*byte);
            }
        }
        if text.len() > MAX_SELECTOR_BYTES {
            return Err(self.broken("selector too long"));
        }
        Ok((self.utf8(text)?, kin))
    }

    /// Reads a selector of version 3 behind others, and how far before it the one stands with which it shares its beginning and its end.
    fn old_selector(&mut self, before: &[String]) -> Result<(String, u32), Broken> {
        let back = self.varint()?;
        let (mut other, mut shared) = ("", [0, 0]);
        if back > 0 {
            let index = before.len().checked_sub(back as usize);
            let found = index.and_then(|index| before.get(index));
            other = found.ok_or(self.broken("no such selector"))?;
            shared = [self.varint()? as usize, self.varint()? as usize];
        }
        let [first, last] = shared;
        let text = self.sharing(other.as_bytes(), first, last)?;
        Ok((self.utf8(text)?, back))
    }

    /// Reads a text that begins and ends with so many bytes of another.
    fn sharing(&mut self, other: &[u8], first: usize, last: usize) -> Result<Vec<u8>, Broken> {
        let parts = other.split_at_checked(first).and_then(|(first, rest)| {
            let middle = rest.len().checked_sub(last)?;
            Some((first, rest.get(middle..)?))
        });
        let (first, last) = parts.ok_or(self.broken("more shared than there is"))?;
        let most = MAX_SELECTOR_BYTES - first.len() - last.len();
        let len = self.count(most, "selector too long")?;
        let own = self.bytes.get(self.at..self.at + len);
        let own = own.ok_or(self.broken("ends too early"))?;
        self.at += len;
        Ok([first, own, last].concat())
    }

    fn utf8(&self, text: Vec<u8>) -> Result<String, Broken> {
        String::from_utf8(text).map_err(|_| self.broken("selector is not UTF-8"))
    }
}

/// Returns what the numbers of an anchor say.
fn anchor([selector, frame, right, down, rect @ ..]: Place) -> Anchor {
    let frame = match frame {
        0 => Frame::Page,
        1 => Frame::Window,
        index => Frame::Scroller(index - SCROLLERS, [right, down]),
    };
    Anchor {
        selector,
        frame,
        rect,
    }
}

/// Returns what the lowest `bits` say, the highest of them being the sign.
fn low_bits(number: u32, bits: u32) -> i32 {
    let shift = 32 - bits;
    (number << shift) as i32 >> shift
}
