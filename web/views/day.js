// The map of the day: all venues with their lines, people and counts, for whoever organises.

import { announce, byID, el, setText } from '../js/dom.js';
import { learn, t } from '../js/i18n.js';
import { placeLabels, project, radius, roundLength } from '../js/map.js';
import { openScreen } from '../js/screen.js';

learn('day');

const COUNTERS = ['received', 'pending', 'shown', 'answered', 'dismissed', 'merged', 'spoken', 'turns'];
const PEOPLE = ['phones', 'moderators', 'screens'];

let drawn = [];
const lines = new Map();

const language = () => document.documentElement.lang;
const told = value => value.toLocaleString(language());
const sum = (items, key) => items.reduce((total, item) => total + (item[key] ?? 0), 0);
const counts = items => COUNTERS.map(key => sum(items, key));

function draw({ day, view, isLost }, event) {
	const state = isLost ? 'lost' : 'connected';
	setText('line', t(state));
	byID('line').className = state;
	const now = [day, view.event?.talks, language(), innerWidth];
	if (!day || !now[1] || now.every((part, index) => part === drawn[index])) return;
	drawn = now;
	const venues = day.venues.map(venue => ({
		...venue, name: event.venues.find(({ id }) => id === venue.venue)?.name ?? venue.venue, says: lineOf(venue, day.time),
		screens: venue.speakers + venue.displays,
	}));
	for (const { venue, name, line, cut } of venues) {
		if (line !== (lines.get(venue) ?? line)) announce(t('lineNews', name, lineOf({ line, cut }, day.time)));
		lines.set(venue, line);
	}
	drawTables(day, venues, now[1]);
	drawMap(venues.filter(({ at }) => at));
}

function lineOf({ line, cut, lag }, now) {
	if (line !== 'cut') return lag ? t('lag', told(lag)) : t(`line_${line}`);
	const [day, today] = [cut, now].map(time => new Date(time).toDateString());
	return t('line_cut', new Date(cut).toLocaleString(language(), {
		hourCycle: 'h23', hour: '2-digit', minute: '2-digit', ...(day !== today && { day: 'numeric', month: 'short' }),
	}));
}

// Nobody hears of a room that is cut off.
const heard = ({ line }, people) => (line === 'cut' ? people || '?' : people);

function drawTables({ elsewhere, totals }, venues, talks) {
	const heads = COUNTERS.map(key => t(`col_${key}`));
	fill('rooms', [
		['head', t('rooms'), t('lineHead'), ...PEOPLE.map(key => t(key)), ...heads],
		...venues.map(venue => [venue.line, venue.name, venue.says, ...PEOPLE.map(key => heard(venue, venue[key])), ...counts(venue.talks)]),
		['sum', t('total'), '', ...PEOPLE.map(key => sum(venues, key)), ...counts([totals])],
	]);
	setText('elsewhere', t('elsewhere', told(elsewhere.moderators), told(elsewhere.speakers + elsewhere.displays)));
	fill('talks', [
		['head', t('talks'), ...heads],
		...talks.flatMap(({ id, title }) => {
			const parts = venues.flatMap(({ name, talks: all }) => all.filter(({ talk }) => talk === id).map(part => ({ name, ...part })));
			return [['sum', title, ...counts(parts)], ...parts.map(part => ['', part.name, ...counts([part])])];
		}),
		['sum', t('total'), ...counts([totals])],
	]);
	drawReasons(venues, talks, totals);
}

// Which reasons were given, for each talk and room where any was; in the last part the rooms of the whole day.
function drawReasons(venues, talks, { dismissed, reasons }) {
	byID('why').hidden = !dismissed;
	const given = Object.keys(reasons);
	const row = (kind, name, parts) => {
		const found = given.map(reason => sum(parts.map(part => part.reasons), reason));
		return [kind, name, ...found, found.reduce((total, count) => total + count, 0)];
	};
	const part = (name, groups) => {
		const asked = groups.filter(({ parts }) => sum(parts, 'dismissed'));
		return asked.length ? [row('sum', name, asked.flatMap(({ parts }) => parts)), ...asked.map(({ name, parts }) => row('', name, parts))] : [];
	};
	fill('reasons', [
		['head', t('reasons'), ...given.map(reason => t(`reason_${reason}`)), t('total')],
		...talks.flatMap(({ id, title }) => part(title, venues.map(({ name, talks: all }) => ({ name, parts: all.filter(({ talk }) => talk === id) })))),
		...part(t('total'), venues.map(({ name, talks: parts }) => ({ name, parts }))),
	]);
}

// A row is its kind and its cells; `sum` begins a part of the table. Cells are made anew only when there are others.
function fill(id, rows) {
	const table = byID(id);
	const shape = rows.map(row => row[0] + row.length).join();
	if (table.shape !== shape) {
		table.shape = shape;
		table.replaceChildren();
		rows.forEach(([kind, ...cells], y) => {
			if (y < 2 || kind === 'sum') table.append(el(y ? 'tbody' : 'thead'));
			const scope = y ? kind === 'sum' ? 'rowgroup' : 'row' : 'col';
			table.lastChild.append(el(`tr.${kind}`, {}, ...cells.map((_, x) => (x && y ? el('td', {}, el('bdi')) : el('th', { scope }, el('bdi'))))));
		});
	}
	rows.forEach(([, ...cells], y) => cells.forEach((cell, x) => setText(table.rows[y].cells[x].firstChild, told(cell))));
}

function shape(name, attributes, ...children) {
	const node = document.createElementNS('http://www.w3.org/2000/svg', name);
	for (const key in attributes) node.setAttribute(key, attributes[key]);
	node.append(...children);
	return node;
}
const path = (name, d) => shape('path', { class: name, d });

function drawMap(venues) {
	const map = byID('map');
	byID('where').hidden = !venues.length;
	if (!venues.length) return;
	const { clientWidth: width, clientHeight: height } = map;
	map.setAttribute('aria-label', t('mapLabel'));
	const { at, scale } = project(venues.map(venue => venue.at), width, height);
	const asked = venues.map(({ talks }) => sum(talks, 'received'));
	const circles = at.map((point, index) => ({ ...point, r: radius(asked[index], Math.max(...asked)) }));
	// Where many venues have little room the figures are left to the table.
	const isRoomy = width * height > 3e4 * venues.length;
	const labels = venues.map((venue, index) => shape('g', { class: venue.line }, ...[
		[venue.name, 'name'], isRoomy && [t('figures', asked[index]) + t('online', told(heard(venue, venue.phones)))],
		(venue.line === 'cut' || isRoomy && venue.line === 'up') && [venue.says],
	].filter(Boolean).map(([content, name = ''], row) => shape('text', { y: 15 * row + 14, class: name }, content))));
	map.replaceChildren(...drawGrid(width, height, scale), ...circles.map((circle, index) => drawVenue(venues[index].line, circle)), ...labels);
	placeLabels(circles, labels.map(label => label.getBBox()), width, height - 30).forEach(({ x, y, width: wide, away }, index) => {
		const { x: cx, y: cy, r } = circles[index];
		labels[index].setAttribute('transform', `translate(${x} ${y})`);
		if (away > 16) labels[index].before(path('scale', `M${cx} ${y > cy ? cy + r : cy - r}L${Math.min(Math.max(cx, x), x + wide)} ${y + (y > cy ? 4 : 18)}`));
	});
}

function drawGrid(width, height, scale) {
	const length = roundLength(scale, Math.min(160, width / 3));
	const step = length * scale;
	let lanes = '';
	for (let x = step; x < width; x += step) lanes += `M${x} 0V${height}`;
	for (let y = step; y < height; y += step) lanes += `M0 ${y}H${width}`;
	const name = shape('text', { x: step + 16, y: height - 12 }, `${told(length)} km`);
	return [path('grid', lanes), path('scale', `M10 ${height - 17}v5h${step}v-5`), name];
}

function drawVenue(line, { x: cx, y: cy, r }) {
	const arm = Math.min(r, 8);
	return shape('g', { class: line }, shape('circle', { cx, cy, r }),
		line === 'up' ? shape('circle', { cx, cy, r: r + 4 }) : '',
		line === 'cut' ? path('', `M${cx - arm} ${cy - arm}l${2 * arm} ${2 * arm}m0-${2 * arm}l-${2 * arm} ${2 * arm}`) : '');
}

openScreen('organiser', draw, () => {});
