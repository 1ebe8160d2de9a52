// A message from the moderators, which covers the console until it is read.

import { byID, setText } from './dom.js';
import { t } from './i18n.js';
import { venueName } from './view.js';

const HELD_FOR = 700;

const dialog = byID('stage');
let session;
let shown;
let shownAt = 0;
let put;

export function drawStage(current) {
	session = current;
	const { view } = session;
	const message = view.stage && !view.stage.read && view.stage.id !== put ? view.stage : null;
	if (message) {
		setText('stage-title', t('stageFrom', message.venue ? venueName(view, message.venue) : t('moderators')));
		setText('stage-text', message.text);
	}
	if (shown === message?.id) return;
	shown = message?.id;
	if (dialog.open) dialog.close();
	if (message) open();
}

function open() {
	shownAt = performance.now();
	dialog.showModal();
	byID('stage-ok').focus();
}

// Answers whether there was a message; a press that was meant for the question underneath does not put it away.
export function putAway() {
	if (!dialog.open) return false;
	if (performance.now() - shownAt >= HELD_FOR) {
		put = shown;
		session.command('stageRead', { message: shown });
	}
	return true;
}

byID('stage-ok').onclick = putAway;
dialog.oncancel = event => event.preventDefault();
// A second Escape closes whatever one does.
dialog.onclose = () => {
	if (shown && put !== shown && !dialog.open) open();
};
dialog.onkeydown = event => {
	if (event.repeat) event.preventDefault();
};
