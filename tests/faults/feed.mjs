// Hears from the collector of all that it stores.
const ROW = /^data: ?(.*)$/gm;

/** Opens the feed of `site` from its first row on, until `t` ends; resolves to the list of rows, which grows. */
export async function openFeed(t, address, site) {
  const ending = new AbortController();
  t.after(() => ending.abort());
  const { signal } = ending;
  const url = `${address}/api/live?site=${site}&after=0`;
  const { body } = await fetch(url, { signal });
  const rows = [];
  const hear = async () => {
    let rest = "";
    for await (const text of body.pipeThrough(new TextDecoderStream())) {
      const said = (rest + text).split("\n\n");
      rest = said.pop();
      for (const [, row] of said.join("\n").matchAll(ROW))
        rows.push(JSON.parse(row));
    }
  };
  hear().catch((error) => {
    if (!signal.aborted) throw error;
  });
  return rows;
}
