// Pictures of pages that the owner gave, kept in this browser alone: nothing is sent anywhere.

const DATABASE = "spoor-screenshots";
const STORE = "pictures";
/** Where the browser keeps nothing, as in a private window, a picture lives as long as the page. */
const here = new Map();

const key = (site, path, device) => JSON.stringify([site, path, device]);

/** Runs one request on the store; resolves to its result, or undefined where there is no database. */
async function request(mode, work) {
  try {
    const database = await promised(
      Object.assign(indexedDB.open(DATABASE, 1), {
        onupgradeneeded: ({ target }) => target.result.createObjectStore(STORE),
      }),
    );
    const store = database.transaction(STORE, mode).objectStore(STORE);
    const result = await promised(work(store));
    database.close();
    return result;
  } catch {
    return undefined; // kept in memory then
  }
}

const promised = (asked) =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

/** Keeps `file` as the picture of a page on a device. Rejects where it is no picture. */
export async function keep(site, path, device, file) {
  await load(file);
  here.set(key(site, path, device), file);
  await request("readwrite", (store) =>
    store.put(file, key(site, path, device)),
  );
}

/** Forgets the picture. */
export async function forget(site, path, device) {
  here.delete(key(site, path, device));
  await request("readwrite", (store) => store.delete(key(site, path, device)));
}

/** Resolves to what makes images of the picture that is kept, one for each place, or to null. */
export async function recall(site, path, device) {
  const name = key(site, path, device);
  const file =
    here.get(name) ?? (await request("readonly", (store) => store.get(name)));
  if (!file) return null;
  const first = await load(file).catch(() => null);
  return first && (() => first.cloneNode());
}

async function load(file) {
  const image = new Image();
  image.alt = "";
  image.src = URL.createObjectURL(file);
  await image.decode();
  return image;
}
