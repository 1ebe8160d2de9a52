import { byID, el } from './dom.js';
import { common } from './identity.js';
import messages from './messages.js';
import { typeset } from './text.js';

const known = ['fr', 'en'];
let current = 'fr';
let plural;

// More words, of one page.
export const learn = words => Object.assign(messages, words);

// The message of a key with its values, the first of which decides between one and several.
export function t(key, ...values) {
	const message = messages[key]?.[known.indexOf(current)] ?? key;
	const ending = plural?.select(values[0]) === 'one' ? '' : 's';
	return typeset(message.replaceAll('{s}', ending).replace(/#/g, () => values.shift()));
}

const sameAs = {
	text_invisible: 'text_empty', storage_failed: 'busy', unknown_question: 'wrong_status', not_open: 'wrong_status',
	superseded: 'wrong_status', talk_over: 'event_closed', no_talk: 'event_closed', too_many_questions: 'event_closed',
};

export function explain({ code, limit }) {
	const key = `code_${sameAs[code] ?? code}`;
	return key in messages ? t(key, limit) : t('refused', code);
}

export const timeOf = milliseconds => new Intl.DateTimeFormat(current, { hour: '2-digit', minute: '2-digit' }).format(milliseconds);

// Puts the page into the person's language and offers the others; `redraw` follows.
export function offerLanguages(languages, redraw) {
	const offered = languages.filter(code => known.includes(code));
	const preferred = navigator.languages.map(code => code.slice(0, 2).toLowerCase());
	current = [common.get('language'), ...preferred, ...offered].find(code => offered.includes(code)) ?? 'fr';
	plural = new Intl.PluralRules(current);
	document.documentElement.lang = current;
	for (const node of document.querySelectorAll('[data-t]')) node.textContent = t(node.dataset.t);
	const choose = code => {
		common.set('language', code);
		offerLanguages(languages, redraw);
		byID('languages').firstChild.focus();
		redraw();
	};
	byID('languages').replaceChildren(...offered.filter(code => code !== current).map(code =>
		el('button', { lang: code, onclick: () => choose(code) }, messages.language[known.indexOf(code)])));
}
