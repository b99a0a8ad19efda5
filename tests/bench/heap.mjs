// What a page holds in memory, as Chromium says.

/** Returns the bytes of live JS objects, and of the memories of Wasm modules, which the JS heap leaves out. */
export async function heapBytes(cdp) {
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  const evaluated = await cdp.send("Runtime.evaluate", {
    expression: "WebAssembly.Memory.prototype",
  });
  const { objects } = await cdp.send("Runtime.queryObjects", {
    prototypeObjectId: evaluated.result.objectId,
  });
  const sum = await cdp.send("Runtime.callFunctionOn", {
    objectId: objects.objectId,
    functionDeclaration:
      "function () { return this.reduce((all, m) => all + m.buffer.byteLength, 0); }",
    returnByValue: true,
  });
  // Held, they would count the next time too.
  await cdp.send("Runtime.releaseObject", { objectId: objects.objectId });
  return { js: usedSize, wasm: sum.result.value };
}
