// Pictures of heat, as cells and not as a screen shows them: neither fonts nor a browser's scaling are in them, so that another version of
// Chromium draws the same.
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

/** Cells of the heat to a side of one of the picture: enough to see a shift of ten pixels of the page, in a few KB. */
const SIDE = 3;
/** Colours this far apart, of 1, are told apart: pixelmatch's own measure, in which rounding is far less. */
const THRESHOLD = 0.05;
/** Share of the heat that may differ: what a page laid out a pixel elsewhere changes at edges. */
export const TOLERATED = 0.02;
/** Heat ten pixels off, or of another scale, differs in more than this. */
export const PLAIN = 0.5;
const BAND = { width: 20, height: 10 };
const BYTES = 4;
const RED = [255, 0, 0, 255];

/** Returns the picture of some heat canvases, as PNG bytes each, side by side on white; `folds` are the shares of the height at which a
 * line lies across each. */
export function pictureOf(canvases, folds) {
  const panels = canvases.map((bytes, n) => {
    const heat = PNG.sync.read(bytes);
    const small = heat.width > 1 ? smaller(heat) : larger(heat);
    for (const at of folds[n]) line(small, at);
    return small;
  });
  const width = panels.reduce((sum, panel) => sum + panel.width, 0);
  const height = Math.max(...panels.map((panel) => panel.height));
  const whole = new PNG({ width, height });
  whole.data.fill(255);
  let left = 0;
  for (const panel of panels) {
    PNG.bitblt(panel, whole, 0, 0, panel.width, panel.height, left, 0);
    left += panel.width;
  }
  return whole;
}

/** Returns a byte of the pixel at `from` as it is on white, where nothing shows through. */
function overWhite(data, from, byte) {
  if (byte === BYTES - 1) return 255;
  const opacity = data[from + BYTES - 1] / 255;
  return data[from + byte] * opacity + 255 * (1 - opacity);
}

/** Bands of the page, of one cell each, as wide and high as they can be seen. */
function larger({ height, data }) {
  const large = new PNG({ width: BAND.width, height: height * BAND.height });
  for (let at = 0; at < large.data.length; at++) {
    const row = Math.floor(at / BYTES / BAND.width / BAND.height);
    const from = row * BYTES;
    const byte = at % BYTES;
    large.data[at] = overWhite(data, from, byte);
  }
  return large;
}

/** Means of squares of cells, over white. */
function smaller({ width, height, data }) {
  const small = new PNG({
    width: Math.floor(width / SIDE),
    height: Math.floor(height / SIDE),
  });
  for (let at = 0; at < small.data.length; at++) {
    const byte = at % BYTES;
    const cell = Math.floor(at / BYTES);
    const x = (cell % small.width) * SIDE;
    const y = Math.floor(cell / small.width) * SIDE;
    let sum = 0;
    for (let n = 0; n < SIDE * SIDE; n++) {
      const from =
        ((y + Math.floor(n / SIDE)) * width + x + (n % SIDE)) * BYTES;
      sum += overWhite(data, from, byte);
    }
    small.data[at] = sum / SIDE ** 2;
  }
  return small;
}

function line({ width, height, data }, at) {
  const row = Math.min(height - 1, Math.floor(at * height));
  for (let x = 0; x < width; x++) data.set(RED, (row * width + x) * BYTES);
}

/** Returns the share of what is drawn in either of two pictures in which they differ; all of it where they are not as large. */
export function differing(one, other) {
  const { width, height } = one;
  if (width !== other.width || height !== other.height) return 1;
  const options = { threshold: THRESHOLD, includeAA: true };
  const count = pixelmatch(
    one.data,
    other.data,
    undefined,
    width,
    height,
    options,
  );
  let drawn = 0;
  for (let at = 0; at < one.data.length; at += BYTES)
    if (!isBlank(one.data, at) || !isBlank(other.data, at)) drawn++;
  return count / drawn;
}

const isBlank = (data, at) =>
  data[at] === 255 && data[at + 1] === 255 && data[at + 2] === 255;

/** Returns the bytes of a picture, as small as PNG makes them without a loss. */
export const bytesOf = (picture) =>
  PNG.sync.write(picture, { colorType: 2, deflateLevel: 9 });

export const read = (bytes) => PNG.sync.read(bytes);
