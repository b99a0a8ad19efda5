// @ts-check
// The home page has products and the newsletter.

import "./buying.js";
import "./newsletter.js";
