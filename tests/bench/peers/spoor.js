// spoor's single file.
import { init } from "../../../dist/index.js";
import { config } from "./spoor-config.js";

init(config);
