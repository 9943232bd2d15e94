// The whole run at a glance: how many jobs were in which phase at each time.
const LAYERS = ['done', 'downloading', 'processing', 'queued', 'waiting'];
const STEPS = 240;

function layersAt() {
  const at = LAYERS.map(() => new Float64Array(STEPS + 1));
  for (const job of workedOn) {
    for (const { phase, from, to } of [...phases(job), { phase: 'done', from: lengthOf(job), to: Infinity }]) {
      const layer = at[LAYERS.indexOf(phase)];
      const first = Math.ceil(from / wholeLength * STEPS), last = Math.min(STEPS, Math.ceil(to / wholeLength * STEPS) - 1);
      for (let i = first; i <= last; i++) layer[i]++;
    }
  }
  return at;
}

function drawFlowchart() {
  // A few jobs are seen better one by one, in the list.
  if (workedOn.length < 5 || wholeLength === 0) return;
  const layers = layersAt(), floor = new Float64Array(STEPS + 1), height = 160;
  const y = value => (height * (1 - value / workedOn.length)).toFixed(2), x = i => (1000 * i / STEPS).toFixed(2);
  const areas = layers.map((layer, index) => {
    const bottom = Array.from(floor, (value, i) => `${x(i)},${y(value)}`).reverse();
    layer.forEach((value, i) => floor[i] += value);
    const top = Array.from(floor, (value, i) => `${x(i)},${y(value)}`);
    return svg('path', { class: `area ${LAYERS[index]}`, d: `M${top.join('L')}L${bottom.join('L')}Z` });
  });
  const busiest = Math.max(...Array.from({ length: STEPS + 1 }, (_, i) => layers[1][i] + layers[2][i] + layers[3][i]));
  const said = `${many(workedOn.length, 'job')} in ${span(wholeLength)}, at most ${counts.format(busiest)} at work at once.`;
  fill(byId('flowchart'), {}, [
    el('div', { class: 'title-line' }, el('h2', { id: 'flowchart-title' }, 'How it went'), el('p', { class: 'soft' }, said)),
    el('div', { class: 'chart' },
      svg('svg', { viewBox: `0 0 1000 ${height}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': `Jobs by state over time: ${said}` }, areas),
      axis(wholeLength, 8)),
    legend(LAYERS),
  ]);
  byId('flowchart').hidden = false;
}

const legend = names => el('ul', { class: 'legend', 'aria-label': 'Legend' }, names.map(name => el('li', {}, el('i', { class: `swatch ${name}` }), name)));

