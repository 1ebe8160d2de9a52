// The one-time code, where votes count by one: given by a link, or asked for when somebody first supports a question.

import { announce, byID, el, setText } from './dom.js';
import { explain, learn, t } from './i18n.js';
import { newID } from './wire.js';

await learn('code');

let linked;
let given;
let box;
let next;

// The code in the address, which is then cleaned.
function takeLink() {
	const [, code] = location.hash.match(/^#c=(.+)/) ?? [];
	if (!code) return;
	linked = code;
	history.replaceState(null, '', location.pathname + location.search);
}

// Gives the code of a link, or the one that was good before: after a rehearsal, or at another server.
export function offer(session) {
	if (!session.needsCode) return (given = undefined);
	const code = linked ?? session.storage.get('code');
	if (code && code !== given && session.isReady) give(session, code);
}

function give(session, code) {
	given = code;
	session.send({ type: 'redeem', id: newID(), code });
}

// Asks for the code; `then` is what it was wanted for.
export function ask(session, then, problem = '') {
	next = then;
	box ??= make();
	for (const [name, key] of [['title', 'voteCode'], ['help', 'voteCodeHelp'], ['send', 'voteCodeSend'], ['later', 'voteCodeLater']]) setText(`code-${name}`, t(key));
	byID('code').setAttribute('aria-invalid', Boolean(problem));
	setText('code-problem', problem);
	box.firstChild.onsubmit = event => {
		event.preventDefault();
		const { value } = byID('code');
		if (value.trim()) give(session, value);
		setText('code-problem', value.trim() ? t(session.isLost ? 'state_waiting' : 'working') : explain({ code: 'code_needed' }));
	};
	if (!box.open) box.showModal();
	byID('code').focus();
}

function make() {
	const input = el('input', { id: 'code', autocomplete: 'off', autocapitalize: 'characters', spellcheck: false });
	const problem = el('p.problem', { id: 'code-problem', role: 'status' });
	input.setAttribute('aria-describedby', 'code-help code-problem');
	const form = el('form', { noValidate: true }, el('label', { id: 'code-title', htmlFor: 'code' }), el('p.muted', { id: 'code-help' }), input, problem,
		el('div.row', {}, el('button.main', { id: 'code-send' }), el('button', { id: 'code-later', type: 'button', onclick: () => box.close() })));
	const dialog = el('dialog.card', {}, form);
	dialog.setAttribute('aria-labelledby', 'code-title');
	document.body.append(dialog);
	return dialog;
}

// What became of a code; `again`: it is sent once more by itself.
export function hear(session, answer, { code }, again) {
	const isGood = answer.type === 'ack';
	if (!isGood && again) return setText('code-problem', explain(answer));
	linked = undefined;
	session.storage.set('code', isGood ? code : undefined);
	if (!isGood) return ask(session, next, explain(answer));
	session.code = true;
	announce(t('voteCodeTaken'));
	box?.close();
	next?.();
}

addEventListener('hashchange', takeLink);
takeLink();
