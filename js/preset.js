// What is known of a shop system, put under the config that a page gives.
// @ts-check

/**
 * Returns the config with its preset under it: what the page says itself goes before, name by name. `preset` is then the
 * preset's name.
 * @param {any} config @param {(name: string) => Promise<any>} partOf loads a part by its name @returns {Promise<any>}
 */
export async function withPreset(config, partOf) {
  let preset = config?.preset;
  if (!preset) return config;
  if (preset === "auto")
    preset = (await partOf("presets/auto")).detect(document, window);
  if (typeof preset === "string")
    preset = (await partOf(`presets/${preset}`)).default;
  const { name, ...under } = preset;
  const both = { ...under, ...config, preset: name };
  for (const part of ["item", "track", "funnels"])
    both[part] = { ...under[part], ...config[part] };
  return both;
}
