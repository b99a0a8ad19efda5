// What is known of a shop system, put under the config that a page gives.
// @ts-check

/**
 * Returns the config with its preset under it: what the page says itself goes before, name by name. `preset` is then the
 * preset's name.
 * @param {any} config @param {(name: string) => Promise<any>} presetOf loads the module of a preset @returns {Promise<any>}
 */
export async function withPreset(config, presetOf) {
  let preset = config?.preset;
  if (!preset) return config;
  if (preset === "auto")
    preset = (await presetOf(preset)).detect(document, window);
  if (typeof preset === "string") preset = (await presetOf(preset)).default;
  const { name, ...under } = preset;
  const both = { ...under, ...config, preset: name };
  for (const part of ["item", "track", "funnels"])
    both[part] = { ...under[part], ...config[part] };
  return both;
}
