import "spoor/element";

window.mount = () => {
  const tracker = document.createElement("spoor-tracker");
  tracker.setAttribute("collector", "/collect");
  tracker.setAttribute("site", "demo-shop");
  document.getElementById("app").append(tracker);
  return () => tracker.remove();
};
