import { shownText } from './text.js';

// An element, `tag` or `tag.class`, with properties and children.
export function el(tag, properties, ...children) {
	const [name, className = ''] = tag.split('.');
	const node = Object.assign(document.createElement(name), { className }, properties);
	node.append(...children);
	return node;
}

export const byID = id => document.getElementById(id);

// Sets the text of a node, or of the one with this id, if it is another one.
export function setText(target, text = '') {
	const node = typeof target === 'string' ? byID(target) : target;
	const shown = shownText(text);
	if (node.textContent !== shown) node.textContent = shown;
}

// Sets the texts of the nodes that `parent` has, by their classes.
export function setTexts(parent, texts) {
	for (const [name, text] of Object.entries(texts)) {
		const node = parent.querySelector(`.${name}`);
		if (node) setText(node, text);
	}
}

// A person's words, kept apart from what is around them.
export const words = (text = '', className = '') => el('bdi', { className }, shownText(text));

// Makes the children of `parent` those of `ids`; a node is made once, moves only if it must, and keeps the focus.
export function keyed(parent, ids, make, update) {
	const old = parent.kept ?? new Map();
	const nodes = new Map(ids.map(id => [id, old.get(id) ?? make(id)]));
	const focused = document.activeElement;
	for (const [id, node] of old) if (!nodes.has(id)) node.remove();
	let place = parent.firstChild;
	for (const [id, node] of nodes) {
		update(node, id);
		if (node === place) place = place.nextSibling;
		else parent.insertBefore(node, place);
	}
	parent.kept = nodes;
	if (focused !== document.activeElement && parent.contains(focused)) focused.focus({ preventScroll: true });
}

const announcements = new Set();

// Tells those who cannot see, at once, what comes within half a second.
export function announce(text) {
	if (!announcements.size) setTimeout(() => {
		setText('status', [...announcements].join(' '));
		announcements.clear();
	}, 500);
	announcements.add(text);
}

export function onceAFrame(draw) {
	let frame;
	return () => {
		frame ??= requestAnimationFrame(() => draw(frame = undefined));
	};
}
