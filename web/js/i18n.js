// The person's language and the words in it.

import { byID, el } from './dom.js';
import { common } from './identity.js';
import en from './messages.en.js';
import fr from './messages.fr.js';

const catalogues = { fr, en };
let current = 'fr';

/** The language to use: the person's choice, else the browser's first that the event has, else the event's first. */
export function chooseLanguage(offered, chosen, preferred) {
  const short = preferred.map(code => code.slice(0, 2).toLowerCase());
  return [chosen, ...short].find(code => offered.includes(code)) ?? offered[0];
}

/** The message of a key, with its values. */
export function t(key, ...values) {
  const message = catalogues[current][key] ?? key;
  const text = typeof message === 'function' ? message(...values) : message;
  // French signs stay on the line of the word before them.
  return text.replace(/ ([?!:;])/g, '\u00a0$1').replace(/n° /g, 'n°\u00a0');
}

/** What the hub's refusal means and what to do. */
export const explain = ({ code, limit }) => (`code_${code}` in fr ? t(`code_${code}`, limit) : t('refused', code));

/** Puts the page into the person's language and offers the event's others; `redraw` follows a choice. */
export function offerLanguages(languages, redraw) {
  const offered = languages.filter(code => code in catalogues);
  current = chooseLanguage(offered, common.get('language'), navigator.languages) ?? 'fr';
  document.documentElement.lang = current;
  for (const node of document.querySelectorAll('[data-t]')) node.textContent = t(node.dataset.t);
  const choose = code => {
    common.set('language', code);
    offerLanguages(languages, redraw);
    byID('languages').firstChild.focus();
    redraw();
  };
  byID('languages').replaceChildren(...offered.filter(code => code !== current).map(code =>
    el('button', { type: 'button', lang: code, onclick: () => choose(code) }, catalogues[code].language)));
}
