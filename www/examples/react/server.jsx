import { renderToString } from "react-dom/server";
import { App } from "./App.jsx";

/** Resolves to what stands in #app. */
export const render = async () => renderToString(<App />);
