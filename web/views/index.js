import { byID, el, setText, words } from '../js/dom.js';
import { offerLanguages } from '../js/i18n.js';
import { withEvent } from '../js/identity.js';

withEvent(async ({ title, languages, venues }) => {
	await offerLanguages(languages, () => {});
	document.title = title;
	setText('title', title);
	byID('venues').replaceChildren(...venues.map(({ id, name, place, join }) =>
		el('li', {}, el('a.card', { href: join + (location.hash.startsWith('#c=') ? location.hash : '') },
			el('img', { src: `/qr/${id}.svg`, alt: '' }), el('strong', {}, words(name)), ' ', words(place, 'muted')))));
});
