// Lays the heat over the shop's own page, for whoever runs the shop: as a bookmark, which the heatmap's page gives, or as
// <script type="module" src="https://collector.example/reports/overlay.js?site=demo-shop"></script>
// `site` is the shop; `kind`, `path`, `days` and `bots` may be given too. Imported without `site` it does nothing.
import { openOverlay } from "./js/heatmap/overlay.js";

const query = new URL(import.meta.url).searchParams;
if (query.get("site")) openOverlay(query);
