import { init } from "spoor";

const spoor = await init({ collector: "/collect" });
spoor.track("size_guide_opened", { sku: "A1" });
console.log(spoor.status());
