import { createApp, createSSRApp } from "vue";
import { createSpoor } from "spoor/vue";
import App from "./App.vue";
import { config } from "./config.js";

const container = document.getElementById("app");
// The server has rendered it, or nobody has.
const create = container.firstElementChild ? createSSRApp : createApp;
create(App).use(createSpoor(config)).mount(container);
