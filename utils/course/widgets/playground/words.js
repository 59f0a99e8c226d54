"use strict";
/* The words of the page in the reader's language. */

const WORDS = JSON.parse(document.getElementById("given").textContent).words;

/* A text in the reader's language, with its {places} filled.
   text: in English, as literals, since page.py collects them from these files.
   values: what stands in each place. */
function translated(text, values = {}) {
  return (WORDS[text] ?? text).replace(/\{(\w+)\}/g, (_, place) => values[place]);
}
