type Shape = (x: number, y: number) => string;

const polygon =
  (points: readonly (readonly [number, number])[]): Shape =>
  (x, y) =>
    `<polygon points="${points.map(([dx, dy]) => `${x + dx},${y + dy}`).join(' ')}"/>`;

/** Told apart without colours. */
const shapes: readonly Shape[] = [
  (x, y) => `<circle cx="${x}" cy="${y}" r="5"/>`,
  polygon([
    [-5, -5],
    [5, -5],
    [5, 5],
    [-5, 5],
  ]),
  polygon([
    [0, -6],
    [6, 5],
    [-6, 5],
  ]),
  polygon([
    [0, -7],
    [6, 0],
    [0, 7],
    [-6, 0],
  ]),
  polygon([
    [0, 6],
    [6, -5],
    [-6, -5],
  ]),
  polygon([
    [-2, -6],
    [2, -6],
    [2, -2],
    [6, -2],
    [6, 2],
    [2, 2],
    [2, 6],
    [-2, 6],
    [-2, 2],
    [-6, 2],
    [-6, -2],
    [-2, -2],
  ]),
  polygon([
    [0, -6],
    [6, -1],
    [4, 6],
    [-4, 6],
    [-6, -1],
  ]),
  polygon([
    [-6, 0],
    [-3, -5],
    [3, -5],
    [6, 0],
    [3, 5],
    [-3, 5],
  ]),
];

/** The marker of a style at a place, as an SVG element. */
export const markerAt = (style: number, x: number, y: number): string => shapes[style % shapes.length]?.(x, y) ?? '';
