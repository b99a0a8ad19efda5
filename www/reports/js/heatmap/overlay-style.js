// How the overlay looks: a sheet that is made by script, as a page's policy may forbid a style element.

const STYLE = `
:host {
  all: initial !important;
}
.page, .fixed, .marks {
  z-index: 2147483646;
  pointer-events: none;
}
.page, .marks {
  position: absolute;
  top: 0;
  left: 0;
}
.bands {
  image-rendering: pixelated;
}
.fixed {
  position: fixed;
  inset: 0;
  width: 100vw;
  height: 100vh;
}
.marks {
  overflow: hidden;
  color: #14171a;
  font: 13px/1.3 system-ui, sans-serif;
}
.marks span {
  padding: 1px 7px;
  border-radius: 4px;
  background: rgb(255 255 255 / 88%);
}
.side {
  position: absolute;
  right: 6px;
  transform: translateY(-50%);
  font-weight: 600;
}
.line {
  position: absolute;
  left: 0;
  right: 0;
  border-top: 2px solid #14171a;
}
.line span {
  position: absolute;
  bottom: 4px;
  left: 6px;
}
.fold {
  border-top-style: dashed;
}
.fold span {
  left: auto;
  right: 6px;
  background: #14171a;
  color: #fff;
}
.bar {
  position: fixed;
  z-index: 2147483647;
  left: 12px;
  bottom: 12px;
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 8px 12px;
  box-sizing: border-box;
  max-width: calc(100vw - 24px);
  padding: 10px 12px;
  border-radius: 12px;
  background: #14171a;
  color: #fff;
  font: 15px/1.35 system-ui, sans-serif;
  box-shadow: 0 4px 20px rgb(0 0 0 / 40%);
}
.bar p {
  margin: 0;
}
.bar select, .bar button {
  min-height: 40px;
  padding: 4px 12px;
  border: 1px solid #6b7681;
  border-radius: 8px;
  background: #262c31;
  color: #fff;
  font: inherit;
}
.bar :focus-visible {
  outline: 3px solid #6cb8e8;
  outline-offset: 2px;
}
@media (max-width: 600px) {
  .bar p {
    flex: 1 1 100%;
    order: 1;
  }
  .bar select {
    flex: 1;
  }
}
[hidden] {
  display: none !important;
}
`;

let sheet;

/** Returns the one sheet of all overlays. */
export function sheetOf() {
  sheet ??= new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  return sheet;
}
