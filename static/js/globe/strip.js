/* The live globe of story and home; page.js imports it after load, in view, when idle. */
export function start() {}
