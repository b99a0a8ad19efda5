//! Base64url without padding, <https://www.rfc-editor.org/rfc/rfc4648#section-5>.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Returns `bytes` as text.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let mut out = String::new();
    let digits = (bytes.len() * 4).div_ceil(3);
    let (mut rest, mut bits, mut held) = (bytes.iter(), 0u32, 0);
    for _ in 0..digits {
        if held < 6 {
            bits = bits << 8 | u32::from(rest.next().copied().unwrap_or_default());
            held += 8;
        }
        held -= 6;
        let digit = (bits >> held) & 0x3f;
        out.push(char::from(
            ALPHABET.get(digit as usize).copied().unwrap_or_default(),
        ));
    }
    out
}

/// Returns the bytes that `text` stands for.
///
/// # Errors
/// The index of the first character that cannot stand where it does; the length where one is missing at the end.
pub fn decode(text: &str) -> Result<Vec<u8>, usize> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let (mut bits, mut held) = (0u32, 0);
    for (index, c) in text.bytes().enumerate() {
        let digit = ALPHABET.iter().position(|known| *known == c).ok_or(index)?;
        bits = bits << 6 | digit as u32;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    // A last group of one digit says less than a byte; leftover bits that are set were never written by an encoder.
    if held == 6 || bits != 0 {
        Err(text.len())
    } else {
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_texts() {
        for (bytes, text) in [
            (&b""[..], ""),
            (b"f", "Zg"),
            (b"fo", "Zm8"),
            (b"foo", "Zm9v"),
            (&[0xfb, 0xff], "-_8"),
        ] {
            assert_eq!(encode(bytes), text);
            assert_eq!(decode(text).as_deref(), Ok(bytes));
        }
    }

    #[test]
    fn what_no_encoder_writes_is_refused_with_its_place() {
        for (text, at) in [
            ("Zg==", 2),
            ("Zm9v+", 4),
            ("Z", 1),
            ("Zh", 2),
            ("Zm9\u{e4}", 3),
        ] {
            assert_eq!(decode(text), Err(at), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_read_back(bytes: Vec<u8>) {
            prop_assert_eq!(decode(&encode(&bytes)), Ok(bytes));
        }
    }
}
