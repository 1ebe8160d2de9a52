// This person's floor request: how near the turn is, and the ring when it comes.

import { byID, setText } from './dom.js';
import { t } from './i18n.js';

const RINGS_FOR = 20_000;
const RINGS_EVERY = 1000;

let rung;
let ringing;

// Its status, or while it waits in the queue how near it is.
export const stageOf = ({ status, near, ready }) =>
	status === 'approved' ? (ready ? 'ready' : near ? 'near' : status) : status;

// The person's open request in the present talk.
export function myFloor({ view, mine, outbox }) {
	const asked = outbox.items.filter(({ frame, rejected }) => frame.spoken && !rejected && !mine.has(frame.id))
		.map(({ frame }) => ({ ...frame, status: 'pending' }));
	const isOpen = ({ spoken, status, talk = view.event?.talk }) =>
		spoken && ['pending', 'approved', 'live'].includes(status) && (talk === view.event?.talk || status === 'live');
	return [...mine.values(), ...asked].find(isOpen);
}

export function ringFor(question) {
	const stage = question ? stageOf(question) : '';
	const isTurn = ['near', 'ready', 'live'].includes(stage);
	setText('turn', isTurn ? t(`floor_${stage}`) : '');
	byID('turn').classList.toggle('now', stage === 'live');
	if (rung === stage) return;
	rung = stage;
	if (!isTurn) return ringing?.();
	if (stage !== 'ready') ring(t(`floor_${stage}`));
}

// Shakes the phone, where it may, and shows the title and the message in turn.
function ring(message) {
	ringing?.();
	const { title } = document;
	const end = Date.now() + RINGS_FOR;
	if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([300, 150, 300]);
	const timer = setInterval(() => {
		document.title = document.title === title && Date.now() < end ? `● ${message}` : title;
		if (Date.now() >= end) ringing();
	}, RINGS_EVERY);
	ringing = () => {
		clearInterval(timer);
		document.title = title;
		ringing = undefined;
	};
}
