// The heat as a PNG: at the page's size, with legend and caption.
import { paintScale } from "./scale.js";

const FONT = "system-ui, sans-serif";
const INK = "#1d2328";
const MARGIN_PX = 16;
const TITLE_PX = 18;
const TEXT_PX = 14;
const LINE_PX = 22;
const SCALE_PX = { width: 200, height: 12 };
const HEAD_PX = MARGIN_PX + 3 * LINE_PX + MARGIN_PX;
/** iOS draws on no larger a canvas: https://developer.mozilla.org/en-US/docs/Web/HTML/Reference/Elements/canvas#maximum_canvas_size */
const MAX_PIXELS = 16_777_216;

/**
 * Resolves to a PNG. `panels` are those of a sheet, side by side; `caption` are its lines, `ends` what stands at the ends of the scale.
 * The page in a frame cannot be drawn by any browser; a screenshot can, and is.
 */
export function picture({ panels, subject, caption, opacity, isWhite }) {
  const pages = panels.map(({ stage }) => stage.page);
  const width = pages.reduce((sum, page) => sum + page.width + MARGIN_PX, 0);
  const height = HEAD_PX + Math.max(...pages.map((page) => page.height));
  const factor = Math.min(1, Math.sqrt(MAX_PIXELS / (width * height)));
  const canvas = document.createElement("canvas");
  canvas.width = Math.floor((width - MARGIN_PX) * factor);
  canvas.height = Math.floor(height * factor);
  const context = canvas.getContext("2d");
  context.scale(factor, factor);
  if (isWhite) {
    context.fillStyle = "#fff";
    context.fillRect(0, 0, width, height);
  }
  head(context, subject, caption, width);
  let left = 0;
  for (const panel of panels) {
    heat(context, panel, subject, left, opacity);
    left += panel.stage.page.width + MARGIN_PX;
  }
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

function head(context, subject, [title, text], width) {
  // On any ground: a transparent picture is laid on who knows what.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, HEAD_PX);
  context.fillStyle = INK;
  context.textBaseline = "middle";
  const room = width - 3 * MARGIN_PX;
  let y = MARGIN_PX + LINE_PX / 2;
  context.font = `600 ${TITLE_PX}px ${FONT}`;
  context.fillText(title, MARGIN_PX, y, room);
  context.font = `${TEXT_PX}px ${FONT}`;
  y += LINE_PX;
  context.fillText(text, MARGIN_PX, y, room);
  y += LINE_PX;
  const scale = document.createElement("canvas");
  paintScale(scale, subject.scale);
  const [low, high] = subject.ends;
  const from = 2 * MARGIN_PX + context.measureText(low).width;
  context.fillText(low, MARGIN_PX, y);
  const { width: long, height: high_px } = SCALE_PX;
  const fit = Math.min(long, width / 3);
  context.drawImage(scale, from, y - high_px / 2, fit, high_px);
  context.fillText(high, from + fit + MARGIN_PX, y);
}

function heat(context, { stage, laid, title }, subject, left, opacity) {
  const { width, height } = stage.page;
  context.save();
  context.translate(left, HEAD_PX);
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
  context.font = `${TEXT_PX}px ${FONT}`;
  const pad = 4;
  const wide = context.measureText(text).width;
  context.fillStyle = "rgb(255 255 255 / 85%)";
  context.fillRect(x - pad, y - LINE_PX / 2, wide + 2 * pad, LINE_PX);
  context.fillStyle = INK;
  context.fillText(text, x, y);
}
