import { createSpoor } from "spoor/vue";
import { createApp } from "vue";
import App from "../../../www/examples/vue/App.vue";
import { config } from "../../../www/examples/vue/config.js";

window.mount = () => {
  const app = createApp(App).use(createSpoor(config));
  app.mount("#app");
  return () => app.unmount();
};
