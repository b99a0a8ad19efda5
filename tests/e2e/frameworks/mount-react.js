import { createElement, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "../../../www/examples/react/App.jsx";

window.mount = () => {
  const root = createRoot(document.getElementById("app"));
  root.render(createElement(StrictMode, null, createElement(App)));
  return () => root.unmount();
};
