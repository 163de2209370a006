/* What was sealed is shown under the same rule as what the server shows (foundation/text/cleaning). */

const MARK = "\u25af", MOST_MARKS = 4;

/** Nothing turns the line round, hides itself or climbs over others; ZWNJ, ZWJ, tab, newline stay. */
export const visible = (text) => {
  let out = "", marks = 0;
  for (const char of text.replace(/\r\n|[\r\u2028\u2029\x85]/g, "\n")) {
    marks = /[\p{Mn}\p{Me}]/u.test(char) ? marks + 1 : 0;
    if (marks <= MOST_MARKS) out += shown(char);
  }
  return out;
};

const shown = (char) => {
  if (/[\n\t\u200c\u200d]/.test(char)) return char;
  if (/[\u202a-\u202e\u2066-\u2069]/.test(char)) return MARK;
  if (char === "\0" || /\p{Cs}/u.test(char)) return "\ufffd";
  if (/\p{Cc}/u.test(char)) {
    const code = char.codePointAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? "\u2421" : "\ufffd";
  }
  return /\p{Cf}/u.test(char) ? "" : char;
};
