// A video's own timeline: when each face is seen, and which clip it says when.
const HUES = 6;

function lanesOf(job) {
  const lanes = new Map();
  const lane = (key, made) => lanes.get(key) ?? lanes.set(key, { clips: [], seen: [], hue: lanes.size % HUES, ...made }).get(key);
  for (const face of job.media?.faces ?? []) lane(`id ${face.id}`, { id: face.id, picture: face.picture, known: true }).seen.push([face.start, face.end]);
  for (const entry of job.entries ?? []) {
    const found = lane(entry.faceId === undefined ? `name ${entry.face}` : `id ${entry.faceId}`, { id: entry.faceId, known: false });
    found.name ??= entry.face;
    found.clips.push({ entry, ...placeOf(entry) });
  }
  return [...lanes.values()];
}

function placeOf({ start, end, insert }) {
  return start === undefined || end === undefined || insert === undefined ? {} : { from: insert, to: insert + end - start };
}

function lengthOfVideo(job, lanes) {
  return job.media?.durationMs ?? job.output?.durationMs
    ?? Math.max(1000, ...lanes.flatMap(lane => [...lane.seen.map(([, end]) => end), ...lane.clips.map(clip => clip.to ?? 0)]));
}

const laneName = lane => lane.name ?? (lane.id === undefined ? 'a face' : `face ${lane.id}`);
const clipName = entry => entry.audio ?? 'clip';

function clipTitle(lane, { entry, from, to }) {
  return `${laneName(lane)} says ${clipName(entry)}${from === undefined ? '' : ` from ${seconds(from)} to ${seconds(to)}`}`;
}

function bars(lane, length, withText) {
  const place = (from, to) => ({ left: percent(clamp(from / length, 0, 1)), width: percent(clamp((to - from) / length, 0, 1)) });
  return [
    lane.seen.map(([from, to]) => el('span', { class: 'seen', at: place(from, to), title: `${laneName(lane)} is seen from ${seconds(from)} to ${seconds(to)}` })),
    lane.clips.filter(clip => clip.from !== undefined).map(clip => el('span', {
      class: lane.known ? 'clip' : 'clip guess', at: place(clip.from, clip.to), title: clipTitle(lane, clip),
    }, withText ? el('span', {}, clipName(clip.entry)) : null)),
  ];
}

function face(lane) {
  return lane.picture
    ? el('img', { class: 'face', src: lane.picture, alt: '' })
    : el('span', { class: 'face', 'aria-hidden': 'true' }, [...laneName(lane)][0]?.toUpperCase());
}

// In a row: as small as it gets.
function smallClips(job) {
  const lanes = lanesOf(job).filter(lane => lane.seen.length + lane.clips.length > 0), length = lengthOfVideo(job, lanes);
  if (lanes.length === 0) return el('div', { class: 'strip' });
  return el('div', { class: 'strip lanes', role: 'img', 'aria-label': lanes.flatMap(lane => lane.clips.map(clip => clipTitle(lane, clip))).join('; ') || 'No clips' },
    lanes.slice(0, 4).map(lane => el('div', { class: `lane hue${lane.hue}` }, bars(lane, length, false))));
}

function clipTable(job, lanes) {
  const rows = lanes.flatMap(lane => lane.clips.map(({ entry, from, to }) => el('tr', { class: `hue${lane.hue}` },
    el('th', { scope: 'row' }, el('i', { class: 'dot' }), laneName(lane), lane.id !== undefined && lane.name ? el('span', { class: 'soft' }, ` id ${lane.id}`) : null),
    el('td', { class: 'wrap' }, clipName(entry)),
    el('td', {}, entry.start === undefined || entry.end === undefined ? 'known later' : `${seconds(entry.start)} – ${seconds(entry.end)}`,
      entry.audioMs ? el('span', { class: 'soft' }, ` of ${seconds(entry.audioMs)}`) : null),
    el('td', {}, from === undefined ? 'known after identify' : `${seconds(from)} – ${seconds(to)}`),
    el('td', {}, volume(entry.volume)),
    el('td', {}, volume(entry.originalVolume)))));
  if (rows.length === 0) return null;
  return scroller(`Clips of ${job.id}`, el('table', {},
    el('caption', { class: 'hush' }, 'Clips'),
    el('thead', {}, el('tr', {}, ['Face', 'Audio', 'Part of the audio', 'In the video', 'Volume', 'Original sound'].map(name => el('th', { scope: 'col' }, name)))),
    el('tbody', {}, rows)));
}

const volume = value => value === undefined ? el('span', { class: 'soft' }, '1 (default)') : value === 0 ? 'off' : `× ${value}`;

// Wide tables scroll by themselves; the keyboard can reach them.
const scroller = (name, table) => el('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': name }, table);

