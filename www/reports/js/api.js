// Asks the collector, at whose address the reports lie: the heat over the live shop is asked for from there.

const API = new URL("../../api/", import.meta.url);

/** Resolves to the JSON at `/api/{path}`; rejects with the collector's own words. */
export async function ask(path, parameters = {}, signal) {
  const query = new URLSearchParams(
    Object.entries(parameters).filter(([, value]) => value != null),
  );
  const response = await fetch(new URL(`${path}?${query}`, API), { signal });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new Error(answer.error ?? `the collector answered ${response.status}`);
}

/** Tells `each` about events after row `after` as they come; `state` whether the feed is open. Returns what ends it. */
export function follow(site, after, each, state) {
  const query = new URLSearchParams({ site, after });
  const source = new EventSource(new URL(`live?${query}`, API));
  source.onopen = () => state(true);
  source.onerror = () => state(false);
  source.onmessage = (message) => each(JSON.parse(message.data));
  return () => source.close();
}
