// Somebody watches the start of a film, skips to its end, and plays the first scene over and over.
import { page } from "../truth.mjs";

const FILM = { video_title: "Pitching", video_provider: "html5" };

export default {
  name: "viewer",

  async visit({ page, open, linger }) {
    const watched = (to) =>
      page.waitFor(
        (to) => document.querySelector("video").currentTime > to,
        to,
      );
    await open("/e2e/sessions/film.html");
    await page.click("[data-play]");
    await watched(2.8);
    await page.click('[data-to="9.4"]');
    await page.waitFor(() => document.querySelector("video").ended);
    for (let i = 0; i < 3; i++) {
      await page.click('[data-to="0"]');
      await watched(1);
    }
    await page.click("[data-play]");
    await linger(1);
  },

  truth: [
    ...page(
      "/e2e/sessions/film.html",
      ["video_start", FILM],
      ["video_progress", { ...FILM, video_percent: 10 }],
      ["video_progress", { ...FILM, video_percent: 25 }],
    ),
  ],
};
