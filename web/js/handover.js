// Links that take a person along to another device, or to the other server.

import { announce, byID, el, keyed, setText } from './dom.js';
import { t } from './i18n.js';

export function drawHandover({ storage, venue, elsewhere }) {
	const device = storage.get('device');
	const links = new Map([['here', location.origin], ['there', elsewhere]].filter(([, address]) => address)
		.map(([name, address]) => [name, `${address}/ask?venue=${venue}#device=${encodeURIComponent(device)}`]));
	const [title, help, list] = byID('handover').children;
	byID('handover').hidden = !device;
	setText(title, t('handover'));
	setText(help, t('handoverHelp'));
	keyed(list, device ? [...links.keys()] : [], makeRow, (row, name) => {
		const [link, button] = row.children;
		link.href = links.get(name);
		setText(link, `${t(name)} (${link.host})`);
		setText(button, t('copy'));
	});
}

const makeRow = () => {
	const link = el('a');
	return el('li', {}, link, el('button', { type: 'button', onclick: () => copy(link) }));
};

// Works over plain http too, where there is no `navigator.clipboard`.
function copy(link) {
	const carry = event => {
		event.clipboardData.setData('text/plain', link.href);
		event.preventDefault();
	};
	getSelection().selectAllChildren(link);
	document.addEventListener('copy', carry);
	if (document.execCommand('copy')) announce(t('copied'));
	document.removeEventListener('copy', carry);
}
