// Pages that specs put up at the front, and the tags that start spoor on them.
export const HTML = "text/html; charset=utf-8";
export const JS = "text/javascript";

/** Returns the tags that start spoor by its script. */
export function tagsOf(config) {
  const call = `window.spoor = [["init", ${JSON.stringify(config)}]]`;
  return `<script>${call}</script><script async src="/spoor.js"></script>`;
}

/** Returns a page as the front's `replaced` takes it. */
export const pageOf = (title, head, body) => ({
  type: HTML,
  body: `<!doctype html><html lang="en"><head><title>${title}</title><link rel="icon" href="data:," />${head}</head><body>${body}</body></html>`,
});
