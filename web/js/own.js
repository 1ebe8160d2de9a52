// What became of this person's questions, in words.

import { stageOf } from './floor.js';
import { explain, t } from './i18n.js';

export const isWithdrawing = ({ outbox }, id) =>
	outbox.items.some(({ frame }) => frame.do === 'withdraw' && frame.question === id);

export function stateOf(session, question) {
	const { id, status, fate = status, held, reason = 'other', item, spoken } = question;
	const left = Math.ceil((item?.holdUntil - Date.now()) / 1000);
	if (item?.rejected) return t('state_refused', explain(item.rejected));
	if (isWithdrawing(session, id)) return t('working');
	if (left > 0) return t('state_cooling', left);
	if (item) return t(session.isLost ? 'state_waiting' : 'state_sending');
	if (status === 'refused') return t('state_turnedDown', explain({ code: reason, limit: '' }));
	const isFloor = spoken && !['pending', 'merged'].includes(status) && (status !== 'dismissed' || reason === 'withdrawn');
	if (isFloor) return t(`floor_${status === 'dismissed' ? reason : stageOf(question)}`);
	if (held) return t('state_held');
	return t(`state_${reason === 'withdrawn' && fate === status ? reason : fate}`, t(`reason_${reason}`));
}
