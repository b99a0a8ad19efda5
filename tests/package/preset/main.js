import { init } from "spoor";
import generic from "spoor/presets/generic";

init({ collector: "/collect", preset: generic });
