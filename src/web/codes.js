// What a line to the core says: its code, its numbers behind code and time, and its texts; src/heard.rs reads them.
// @ts-check

/** Flags (1 pressed before, 2 in a card, 4 its item is the config's or the page's, 8 nobody acted); the event's name, and key and
 * text of each of its facts. */
export const ACTED = 1;
/** Flags (1 clicking it means nothing, 2 its link is a download, 4 it does not scroll with the page; times 8 the code of the
 * `Pointer`, times 32 that of the `Kind` in src/heatmap.rs); left, top, width and height of the element, x and y from there, how far
 * right and down the box around it is scrolled, ms that the pointer stayed; where the link around it leads, selectors of the
 * element and of that box. */
export const POINTED = 2;
/** Whether the pointer turned back. */
export const MOVED = 3;
/** Code of the event, number of the element, where it stands and how long it is in ms, flags (1 muted, 2 in view, 4 YouTube, 8
 * Vimeo); with the first line, title and address. */
export const MEDIA = 4;
/** From where to where the document is in view, in tenths of a percent; the selector of the box, where it is none of the document,
 * `.` where nobody has scrolled yet. */
export const SCROLLED = 5;
/** Code of the event, number of the form; name of the field, name of the form or what is wrong with the field. */
export const FORM = 6;
/** Nothing came of the last click. */
export const UNANSWERED = 7;
/** What the error is. */
export const ERRED = 8;
/** Shared by the browser's own dialog. */
export const SHARED = 9;
/** The item that the page says it shows. */
export const OFFERED = 10;
/** Name and packed facts of an event of the shop's dataLayer. */
export const PUSHED = 11;
/** 0 to another place in its history, 1 its address was replaced, 2 the shop's own code says so, or it came back from the
 * back/forward cache; the page's facts. */
export const TURNED = 12;
/** Name and packed parameters. */
export const TRACKED = 13;
/** Whom the shop's own code names. */
export const IDENTIFIED = 14;
/** What another tab has saved. */
export const SAVED = 15;
/** The visitor's answer and what is saved. */
export const ANSWERED = 16;
/** The page is out of view. */
export const HIDDEN = 17;
/** The page is being left; whether nothing on it led away. */
export const LEFT = 18;
/** Number of the request, its status (0 where it failed); `Retry-After`. */
export const SETTLED = 19;
/** Send all that waits. */
export const FLUSHED = 20;
/** How do things stand? Told by `answer` of dom.js. */
export const ASKED = 21;
/** 1 where its page has given it up, or it is part of one that was too large; id and text of a batch that is kept. */
export const ADOPTED = 22;
/** The network is back. */
export const CONNECTED = 23;
