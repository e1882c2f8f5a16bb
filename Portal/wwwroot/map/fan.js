// Sites so near each other that they cannot be told apart stand in a ring round their place.
const near = 0.00015; // degrees, some fifteen metres: no zoom of the map parts them
const cell = 0.0004;

/** Offsets in pixels of n marks round their place. */
export function ring(n, radius) {
  const r = Math.max(20, (n * (2 * radius + 6)) / (2 * Math.PI));
  return Array.from({ length: n }, (_, i) => {
    const angle = (2 * Math.PI * i) / n - Math.PI / 2;
    return { x: r * Math.cos(angle), y: r * Math.sin(angle) };
  });
}

/** The groups of sites that stand at one place, each of two or more. */
export function places(sites) {
  const grid = new Map();
  for (const site of sites) {
    const [column, row] = [Math.floor(site.lng / cell), Math.floor(site.lat / cell)];
    let place = null;
    for (let c = column - 1; c <= column + 1 && !place; c++)
      for (let r = row - 1; r <= row + 1 && !place; r++)
        place = grid.get(`${c} ${r}`)?.find(([first]) => Math.hypot(first.lng - site.lng, first.lat - site.lat) <= near);
    if (place) place.push(site);
    else {
      const at = `${column} ${row}`;
      if (grid.has(at)) grid.get(at).push([site]);
      else grid.set(at, [[site]]);
    }
  }
  return [...grid.values()].flat().filter(place => place.length > 1);
}
