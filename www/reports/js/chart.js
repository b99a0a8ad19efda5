// Bar charts by Chart.js, which is loaded when the first one is drawn. Without it the tables say the same.
import { h } from "./element.js";

/** docs/collector.md says how it comes to be served here. */
const LIBRARY = new URL("../vendor/chart.js", import.meta.url).href;
const ROW_PX = 46;
const AXIS_PX = 40;

let loading;

function library() {
  loading ??= new Promise((resolve, reject) => {
    const script = h("script", { src: LIBRARY, onerror: reject });
    script.addEventListener("load", () => resolve(window.Chart));
    document.head.append(script);
  });
  return loading;
}

const colour = (name) => {
  // A custom property's computed value still says light-dark(); that of a property with a colour is resolved.
  const probe = h("i", { style: `color: var(${name})` });
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
};

/**
 * Returns a box with horizontal bars of shares: `series` of `{ name, values }`, where `name` is the CSS variable of its
 * colour; `say(index, series)` is what a bar's tooltip says.
 */
export function bars({ labels, label, series, say }) {
  const canvas = h("canvas", { role: "img", "aria-label": label });
  const box = h("div", { class: "chart" }, canvas);
  box.style.height = `${labels.length * ROW_PX + AXIS_PX}px`;
  const draw = async () => {
    const Chart = await library();
    if (!canvas.isConnected) return;
    Chart.getChart(canvas)?.destroy();
    new Chart(canvas, settings({ labels, series, say }));
  };
  // Drawn once it stands in the page, and anew when the colours change.
  requestAnimationFrame(() => {
    draw().catch(() => box.remove());
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    if (canvas.isConnected) draw();
  });
  return box;
}

function settings({ labels, series, say }) {
  const ink = colour("--ink");
  const narrow = innerWidth < 640;
  const font = { family: "system-ui, sans-serif", size: narrow ? 12 : 14 };
  return {
    type: "bar",
    data: {
      labels,
      datasets: series.map(({ name, values }) => ({
        data: values.map((value) => value * 100),
        backgroundColor: colour(name),
        borderRadius: 4,
        barPercentage: 0.9,
        categoryPercentage: 0.72,
      })),
    },
    options: {
      indexAxis: "y",
      maintainAspectRatio: false,
      animation: false,
      interaction: { mode: "nearest", intersect: true },
      scales: {
        x: {
          beginAtZero: true,
          grid: { color: colour("--line") },
          border: { display: false },
          ticks: {
            color: colour("--quiet"),
            font,
            maxTicksLimit: narrow ? 4 : 8,
            callback: (value) => `${value}%`,
          },
        },
        y: {
          grid: { display: false },
          ticks: { color: ink, font, crossAlign: "far" },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          displayColors: false,
          callbacks: { label: (at) => say(at.dataIndex, at.datasetIndex) },
        },
      },
    },
  };
}
