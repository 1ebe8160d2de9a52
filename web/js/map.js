// Where things go on the map of the venues; draws nothing.

const KM_A_DEGREE = 111.195;
const LARGEST = 38;

// Places [latitude, longitude] on a sheet, true to scale in the middle (equirectangular); `scale` is pixels a kilometre.
export function project(places, width, height) {
	const east = places.map(place => place[1]);
	// Across the line of dates the west is further east.
	const turn = Math.max(...east) - Math.min(...east) > 180 ? 360 : 0;
	const middle = places.reduce((sum, [latitude]) => sum + latitude, 0) / places.length * Math.PI / 180;
	const points = places.map(([latitude, longitude]) => [
		(longitude + (longitude < 0 ? turn : 0)) * KM_A_DEGREE * Math.cos(middle), -latitude * KM_A_DEGREE,
	]);
	const sides = [width, height].map((side, axis) => {
		const all = points.map(point => point[axis]);
		const [low, high] = [Math.min(...all), Math.max(...all)];
		// Rooms of one house: a kilometre is the least that is shown.
		return { side, centre: (low + high) / 2, scale: Math.max(1, side - 2.6 * LARGEST) / Math.max(high - low, 1) };
	});
	const scale = Math.min(...sides.map(side => side.scale));
	const at = points.map(point => {
		const [x, y] = sides.map(({ side, centre }, axis) => side / 2 + (point[axis] - centre) * scale);
		return { x, y };
	});
	return { at, scale };
}

// A round number of kilometres that takes at most `pixels`.
export function roundLength(scale, pixels) {
	const power = 10 ** Math.floor(Math.log10(pixels / scale));
	return [5, 2, 1].find(digit => digit * power * scale <= pixels) * power;
}

// The area follows the count.
export const radius = (count, most) => Math.max(4, LARGEST * Math.sqrt(count / Math.max(most, 1)));

const overlap = (one, others) => others.reduce((sum, other) => sum
	+ Math.max(0, Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x))
	* Math.max(0, Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)), 0);

const STEP = 6;

// Where the label of each circle {x, y, r} goes, as near as can be: on the sheet, on no other label, and rather on no circle; `away` is how far.
export function placeLabels(circles, sizes, wide, high) {
	const boxes = circles.map(({ x, y, r }) => ({ x: x - r, y: y - r, width: 2 * r, height: 2 * r }));
	const placed = [];
	circles.forEach(({ x, y, r }, index) => {
		const { width, height } = sizes[index];
		let best = { cost: Infinity, x: 0, y: 0 };
		for (let left = (x + r + 4) % STEP; left + width <= wide; left += STEP) {
			for (let top = Math.abs(y - height / 2) % STEP; top + height <= high; top += STEP) {
				const box = { x: left, y: top, width, height };
				box.away = Math.hypot(Math.max(left - x, 0, x - left - width), Math.max(top - y, 0, y - top - height)) - r - 4;
				box.cost = overlap(box, placed) * 1e3 + overlap(box, boxes) / 20 + Math.abs(box.away) + Math.abs(top + height / 2 - y) / 4;
				if (box.cost < best.cost) best = box;
			}
		}
		placed.push({ ...best, width, height });
	});
	return placed;
}
