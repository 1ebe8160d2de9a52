// The wall: the live question as large as it fits, and how to join.

import { byID, el, keyed, setText, words } from '../js/dom.js';
import { t } from '../js/i18n.js';
import { drawLive, openScreen } from '../js/screen.js';
import { currentTalk, total } from '../js/view.js';

const TRY_AGAIN = 5000;

openScreen('display', ({ view, isLost, ownVenue }, event) => {
	const talk = currentTalk(view);
	const venues = event.venues.filter(({ id }) => !ownVenue || id === ownVenue);
	document.body.classList.toggle('idle', !view.live);
	byID('line').hidden = !isLost;
	byID('live').hidden = !view.live;
	byID('idle').hidden = Boolean(view.live);
	setText('counts', view.event ? t('received', total(view, 'received')) : '');
	byID('talk').replaceChildren(...(talk ? [words(talk.title), words(talk.speaker, 'muted')] : []));
	keyed(byID('codes'), venues, makeCode, () => {});
	if (view.live) drawLive(view, '', innerHeight / 5);
}, () => {});

function makeCode({ id, name, join }) {
	const src = `/qr/${id}.svg`;
	const onerror = ({ target }) => setTimeout(() => (target.src = src), TRY_AGAIN);
	return el('li', {}, el('img', { src, alt: join, onerror }), words(name), el('small', {}, new URL(join).host));
}
