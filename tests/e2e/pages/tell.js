// Tells front.mjs what a page says in its console and what it does not catch, where the browser's driver does not.
(() => {
  const send = navigator.sendBeacon.bind(navigator, "/e2e/told");
  const tell = (list, text) =>
    send(JSON.stringify({ list, text: String(text) }));
  for (const kind of ["debug", "error", "info", "log", "warn"]) {
    const say = console[kind];
    console[kind] = (...words) => {
      tell("said", words.join(" "));
      say.apply(console, words);
    };
  }
  addEventListener("error", ({ message }) => tell("faults", message));
  addEventListener("unhandledrejection", ({ reason }) =>
    tell("faults", reason),
  );
})();
