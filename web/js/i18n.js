import { backoff } from './backoff.js';
import { byID, el } from './dom.js';
import { common } from './identity.js';
import { typeset } from './text.js';

const known = { fr: 'Français', en: 'English' };
const catalogues = ['messages'];
let messages = {};
let current = 'fr';
let plural;

// More words, of one page or of a part that comes later; known once the promise is kept.
export async function learn(page) {
	catalogues.push(`messages-${page}`);
	if (plural) Object.assign(messages, await load(`messages-${page}-${current}`));
}

// The words of a catalogue in one language, asked for until they come.
async function load(name, attempt = 0) {
	try {
		return (await import(`./${name}.js${attempt ? `?${attempt}` : ''}`)).default;
	} catch {
		await new Promise(resolve => setTimeout(resolve, backoff(3)));
		return load(name, attempt + 1);
	}
}

// The message of a key with its values, the first of which decides between one and several.
export function t(key, ...values) {
	const ending = plural?.select(values[0]) === 'one' ? '' : 's';
	return typeset((messages[key] ?? key).replaceAll('{s}', ending).replace(/#/g, () => values.shift()));
}

const sameAs = {
	text_invisible: 'text_empty', storage_failed: 'busy', unknown_question: 'wrong_status', not_open: 'wrong_status',
	superseded: 'wrong_status', no_talk: 'event_closed', too_many_questions: 'event_closed',
};

export function explain({ code, limit }) {
	const key = `code_${sameAs[code] ?? code}`;
	return key in messages ? t(key, limit) : t('refused', code);
}

export const timeOf = milliseconds => new Intl.DateTimeFormat(current, { hour: '2-digit', minute: '2-digit' }).format(milliseconds);

// Puts the page into the person's language, whose words alone are fetched, and offers the others; `redraw` follows.
export async function offerLanguages(languages, redraw) {
	const offered = languages.filter(code => code in known);
	const preferred = navigator.languages.map(code => code.slice(0, 2).toLowerCase());
	const language = [common.get('language'), ...preferred, ...offered].find(code => offered.includes(code)) ?? 'fr';
	messages = Object.assign({}, ...await Promise.all(catalogues.map(name => load(`${name}-${language}`))));
	current = language;
	plural = new Intl.PluralRules(current);
	document.documentElement.lang = current;
	for (const node of document.querySelectorAll('[data-t]')) node.textContent = t(node.dataset.t);
	const choose = async code => {
		common.set('language', code);
		await offerLanguages(languages, redraw);
		byID('languages').firstChild.focus();
		redraw();
	};
	byID('languages').replaceChildren(...offered.filter(code => code !== current).map(code =>
		el('button', { lang: code, onclick: () => choose(code) }, known[code])));
}
