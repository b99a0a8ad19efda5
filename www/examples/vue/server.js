import { createSSRApp } from "vue";
import { renderToString } from "vue/server-renderer";
import { createSpoor } from "spoor/vue";
import App from "./App.vue";
import { config } from "./config.js";

/** Resolves to what stands in #app. */
export const render = () =>
  renderToString(createSSRApp(App).use(createSpoor(config)));
