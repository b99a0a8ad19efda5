import { StrictMode } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { App } from "./App.jsx";

const app = (
  <StrictMode>
    <App />
  </StrictMode>
);
const container = document.getElementById("app");
// The server has rendered it, or nobody has.
if (container.firstElementChild) hydrateRoot(container, app);
else createRoot(container).render(app);
