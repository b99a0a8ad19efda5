// Writes the frames of the tent's product video as SVG files: an evening in which the Brandon 2 is pitched.
// Usage: node tent-frames.mjs DIRECTORY
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const FRAMES_PER_SECOND = 12;
const SECONDS = 10;
const FRAMES = FRAMES_PER_SECOND * SECONDS;

const clamp = (x) => Math.min(1, Math.max(0, x));
/** How far a step that runs from `from` to `to` seconds has got, eased, 0 to 1. */
const step = (t, from, to) => {
  const x = clamp((t - from) / (to - from));
  return x * x * (3 - 2 * x);
};
const mix = (a, b, x) => a + (b - a) * x;
const colour = (a, b, x) =>
  `rgb(${a.map((c, i) => Math.round(mix(c, b[i], x))).join()})`;
const n = (x) => x.toFixed(1);

const HILLS_FAR =
  "M0 230L70 180 130 205 210 130 280 190 340 160 430 84 500 170 560 140 640 200V300H0Z";
const HILLS_NEAR = "M0 262Q90 214 190 248T400 236 640 240V330H0Z";
const STARS = [
  [40, 30],
  [110, 70],
  [180, 24],
  [262, 60],
  [340, 34],
  [470, 40],
  [540, 72],
  [600, 28],
  [300, 96],
];

/** The tent grows from the ground: `up` is the height of its poles, `fly` how much of it the cloth covers. */
function tent(up, fly, door, light) {
  const top = mix(300, 132, up);
  const outline = `M176 300C190 ${n(mix(300, 206, up))} 254 ${n(top)} 320 ${n(top)}S450 ${n(mix(300, 206, up))} 464 300Z`;
  const cloth = colour([185, 80, 42], [246, 172, 96], light);
  return `<clipPath id="c"><rect x="160" y="100" width="${n(320 * fly)}" height="220"/></clipPath>
<g clip-path="url(#c)"><path d="${outline}" fill="${cloth}"/>
<path d="M176 300C190 206 254 132 320 132 290 180 270 240 266 300Z" fill="#7d3519" opacity="${n(0.45 * fly)}"/></g>
<g opacity="${n(door)}"><path d="M266 300C272 240 290 190 320 158 350 190 370 240 374 300Z" fill="${colour([70, 50, 34], [255, 226, 160], light)}"/>
<path d="M320 158C316 210 316 260 318 300H266C272 240 290 190 320 158Z" fill="#a8461f"/></g>
<g fill="none" stroke="#1c2421" stroke-width="3" opacity="${n(clamp(up * 4))}"><path d="${outline}"/>
<path d="M210 300C240 ${n(mix(300, 200, up))} 280 ${n(top + 4)} 344 ${n(top + 4)}M430 300C400 ${n(mix(300, 200, up))} 360 ${n(top + 4)} 296 ${n(top + 4)}"/></g>`;
}

function frame(t) {
  const dusk = step(t, 3, 8);
  const light = step(t, 7, 8.2);
  const guys = step(t, 5.2, 6);
  const sky = colour([190, 212, 214], [29, 52, 64], dusk);
  const glowing = colour([240, 214, 170], [217, 148, 100], dusk);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" width="640" height="360">
<defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${sky}"/><stop offset="1" stop-color="${glowing}"/></linearGradient>
<radialGradient id="g"><stop offset="0" stop-color="#ffdf9a" stop-opacity="${n(0.8 * light)}"/><stop offset="1" stop-color="#ffdf9a" stop-opacity="0"/></radialGradient></defs>
<rect width="640" height="360" fill="url(#s)"/>
<g fill="#f5efdf" opacity="${n(dusk)}">${STARS.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="1.6"/>`).join("")}</g>
<circle cx="540" cy="${n(mix(60, 250, step(t, 0, 6)))}" r="26" fill="#f2c877"/>
<path d="${HILLS_FAR}" fill="${colour([150, 172, 166], [72, 92, 94], dusk)}"/>
<path d="${HILLS_NEAR}" fill="${colour([124, 146, 110], [46, 69, 58], dusk)}"/>
<path d="M0 292Q320 262 640 292V360H0Z" fill="${colour([112, 132, 84], [31, 51, 43], dusk)}"/>
<circle cx="320" cy="250" r="190" fill="url(#g)"/>
<g stroke="#e8dfc8" stroke-width="1.6" opacity="${n(guys)}"><path d="M206 240L150 304M434 240L490 304"/></g>
${tent(step(t, 0.6, 2.8), step(t, 2.8, 4.8), step(t, 4.8, 5.6), light)}
</svg>`;
}

const [directory] = process.argv.slice(2);
for (let i = 0; i < FRAMES; i += 1) {
  writeFileSync(
    join(directory, `${String(i).padStart(3, "0")}.svg`),
    frame(i / FRAMES_PER_SECOND),
  );
}
