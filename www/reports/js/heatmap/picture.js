// The heat as a PNG: at the page's size, with legend and caption.
import { paintScale } from "./scale.js";

const FONT = "14px system-ui, sans-serif";
const TITLE_FONT = "600 16px system-ui, sans-serif";
const INK = "#1d2328";
const MARGIN_PX = 16;
const LINE_PX = 22;
const SCALE_PX = { width: 200, least: 60, height: 12 };
/** iOS draws on no larger a canvas: https://developer.mozilla.org/en-US/docs/Web/HTML/Reference/Elements/canvas#maximum_canvas_size */
const MAX_PIXELS = 16_777_216;

/**
 * Resolves to a PNG. `panels` are those of a sheet, side by side; `caption` are its lines, `ends` what stands at the ends of the scale.
 * The page in a frame cannot be drawn by any browser; a screenshot can, and is.
 */
export function picture({ panels, subject, caption, opacity, isWhite }) {
  const pages = panels.map(({ stage }) => stage.page);
  const gaps = MARGIN_PX * (pages.length - 1);
  const width = pages.reduce((sum, page) => sum + page.width, gaps);
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  const lines = caption.flatMap((text, index) =>
    wrapped(context, text, index ? FONT : TITLE_FONT, width - 2 * MARGIN_PX),
  );
  const top = 2 * MARGIN_PX + (lines.length + 1) * LINE_PX;
  const height = top + Math.max(...pages.map((page) => page.height));
  const factor = Math.min(1, Math.sqrt(MAX_PIXELS / (width * height)));
  canvas.width = Math.floor(width * factor);
  canvas.height = Math.floor(height * factor);
  context.scale(factor, factor);
  context.textBaseline = "middle";
  context.fillStyle = "#fff";
  // The caption in any case: a transparent picture is laid on who knows what.
  context.fillRect(0, 0, width, isWhite ? height : top);
  head(context, subject, lines, width);
  let left = 0;
  for (const panel of panels) {
    heat(context, panel, subject, { left, top, opacity });
    left += panel.stage.page.width + MARGIN_PX;
  }
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/** Returns `{ font, text }` of each line that fits into the room. */
function wrapped(context, text, font, room) {
  context.font = font;
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && context.measureText(longer).width <= room) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(word);
    }
  }
  return lines.map((line) => ({ font, text: line }));
}

function head(context, subject, lines, width) {
  context.fillStyle = INK;
  let y = MARGIN_PX + LINE_PX / 2;
  for (const { font, text } of lines) {
    context.font = font;
    context.fillText(text, MARGIN_PX, y, width - 2 * MARGIN_PX);
    y += LINE_PX;
  }
  context.font = FONT;
  const [low, high] = subject.ends;
  const words =
    context.measureText(low).width + context.measureText(high).width;
  const gap = MARGIN_PX / 2;
  const long = Math.min(
    SCALE_PX.width,
    Math.max(SCALE_PX.least, width - words - 2 * MARGIN_PX - 2 * gap),
  );
  const scale = document.createElement("canvas");
  paintScale(scale, subject.scale);
  const from = MARGIN_PX + context.measureText(low).width + gap;
  context.fillText(low, MARGIN_PX, y);
  context.drawImage(
    scale,
    from,
    y - SCALE_PX.height / 2,
    long,
    SCALE_PX.height,
  );
  context.fillText(high, from + long + gap, y);
}

function heat(context, { stage, laid, title }, subject, at) {
  const { left, top, opacity } = at;
  const { width, height } = stage.page;
  context.save();
  context.translate(left, top);
  context.beginPath();
  context.rect(0, 0, width, height);
  context.clip();
  const under = stage.root.querySelector(".ground img");
  if (under) {
    context.drawImage(
      under,
      0,
      0,
      width,
      (under.naturalHeight / under.naturalWidth) * width,
    );
  }
  context.globalAlpha = Number(opacity);
  context.imageSmoothingEnabled = !subject.isBands;
  context.imageSmoothingQuality = "high";
  context.drawImage(stage.canvas, 0, 0, width, height);
  context.globalAlpha = 1;
  for (const mark of laid.marks ?? []) line(context, mark, width, height);
  if (title) word(context, title, MARGIN_PX, LINE_PX);
  context.restore();
}

function line(context, { at, text, isSide }, width, height) {
  const y = at * height;
  context.font = FONT;
  if (isSide) {
    word(context, text, width - MARGIN_PX - context.measureText(text).width, y);
    return;
  }
  context.fillStyle = INK;
  context.fillRect(0, y - 1, width, 2);
  word(context, text, MARGIN_PX, Math.max(LINE_PX / 2, y - LINE_PX / 2 - 1));
}

/** Text on a white ground of its own. */
function word(context, text, x, y) {
  context.font = FONT;
  const pad = 4;
  const wide = context.measureText(text).width;
  context.fillStyle = "rgb(255 255 255 / 85%)";
  context.fillRect(x - pad, y - LINE_PX / 2, wide + 2 * pad, LINE_PX);
  context.fillStyle = INK;
  context.fillText(text, x, y);
}
