// Who is hardly a person. Only those are told that say so themselves: nobody is judged by what they do.
// @ts-check

/** Words of user agents, by what they say. The first that fits counts: CUBOT makes phones. @type {[string, RegExp][]} */
const SAYING = [
  ["", /cubot/i],
  ["webdriver", /webdriver/i],
  ["headless", /headless|phantomjs/i],
  ["monitor", /lighthouse|pagespeed|ptst\/|pingdom|uptime|synthetic/i],
  [
    "preview",
    /facebookexternalhit|slackbot|whatsapp\/|twitterbot|telegrambot|discordbot|linkedinbot|skypeuri/i,
  ],
  ["crawler", /\+http|bot[/;).-]|crawl|spider|slurp|mediapartners/i],
  ["library", /curl\/|wget|python|go-http|okhttp|jsdom/i],
];

/**
 * Returns `webdriver`, `headless`, `monitor` (of speed or of being up), `preview` (of a link, in a messenger), `crawler` or
 * `library`; nothing where a person seems to be there. The name of a browser that a program drives is `webdriver`.
 * @param {string} userAgent
 */
export const reason = (userAgent) =>
  SAYING.find(([, words]) => words.test(userAgent))?.[0] ?? "";
