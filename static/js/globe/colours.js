/* The globe's colours: those of static/css/components/globe.css and of `.night` in tokens.css, which a canvas cannot
   read. The window that holds a globe is always night, so there is one set. */
export const SEA = "#0b1119";
export const DARK_SEA = "#080c12";
export const GRID = "#1d2733";
export const LIMB = "#47566a";
export const DAY = "#d9d5ca";
export const NIGHT = "#57636f";
export const COAST = "#37424f";
export const ACCENT = "#f2b661";
export const WASH = "#f2b6611a";
export const ICE = "#9cc8e6";
export const INK = "#ece8df";
export const DEEP = "#07090d";
