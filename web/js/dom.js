// Small helpers to draw with: text is only ever text.

import { shownText } from './text.js';

/** An element with properties (or attributes) and children. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** The element with this id. */
export const byID = id => document.getElementById(id);

/** Sets a node's text if it is another one. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** An element that keeps a person's words apart from what is around them. */
export const words = (text = '', className = '') => el('bdi', { dir: 'auto', className }, shownText(text));

/** Sets a person's words. */
export const setWords = (node, text = '') => setText(node, shownText(text));

const keptNodes = new WeakMap();

/** Makes the children of `parent` those of `ids`, each made once; a node moves only if it must, and keeps the focus. */
export function keyed(parent, ids, make, update) {
  const old = keptNodes.get(parent) ?? new Map();
  const nodes = new Map(ids.map(id => [id, old.get(id) ?? make(id)]));
  const focused = document.activeElement;
  for (const [id, node] of old) if (!nodes.has(id)) node.remove();
  let place = parent.firstChild;
  for (const [id, node] of nodes) {
    update(node, id);
    if (node === place) place = place.nextSibling;
    else parent.insertBefore(node, place);
  }
  keptNodes.set(parent, nodes);
  if (focused !== document.activeElement && parent.contains(focused)) focused.focus({ preventScroll: true });
}

let announcements = [];

/** Says one summary to those who cannot see: what comes within half a second is said together. */
export function announce(text) {
  if (announcements.push(text) > 1) return;
  setTimeout(() => {
    setText(byID('status'), [...new Set(announcements)].join(' '));
    announcements = [];
  }, 500);
}

/** Runs `draw` once before the next frame, however often it is asked. */
export function onceAFrame(draw) {
  let isAsked = false;
  return () => {
    if (!isAsked) requestAnimationFrame(() => draw(isAsked = false));
    isAsked = true;
  };
}
