// The list: one row per job. Rows are made once, added while the browser is idle, and laid out only where they are seen.
const FIRST = 60, BATCH = 150;
const rowsByJob = new Map();
let shown = [], added = 0, idle;

function rowOf(job) {
  return rowsByJob.get(job) ?? rowsByJob.set(job, makeRow(job)).get(job);
}

function makeRow(job) {
  const button = el('button', { type: 'button', class: 'open', 'aria-expanded': 'false' }, el('bdi', {}, job.id));
  const row = el('div', { class: `job ${statusOf(job.status).tone}`, role: 'listitem', 'data-index': job.index },
    el('div', { class: 'line', on: { click: event => event.target.closest('button, a') || toggle(job) } },
      mark(job.status),
      el('div', { class: 'what' },
        el('h3', {}, button),
        el('p', { class: 'sub' }, el('span', { class: `word ${statusOf(job.status).tone}` }, statusWord(job.status)),
          el('span', {}, job.videoName),
          runs.length > 1 ? el('span', {}, runName(job.of)) : null,
          Object.entries(job.labels ?? {}).map(([name, value]) => el('button', { type: 'button', class: 'label', title: 'Show jobs with this label', on: { click: () => search(`${name}=${value}`) } }, `${name}=${value}`)))),
      el('div', { class: 'figures' }, el('span', {}, job.of.kind === 'plan' ? many((job.steps ?? []).filter(step => step.status === 'create').length, 'request') : lengthOf(job) > 0 ? span(lengthOf(job) - waited(job)) : '–'), el('span', { class: 'soft' }, money(costOf(job)))),
      stripOf(job),
      el('span', { class: 'chevron', 'aria-hidden': 'true' })),
    job.error ? el('p', { class: 'why' }, job.error.code ? el('b', { class: 'code' }, job.error.code) : null, ' ', job.error.message)
      : job.of.kind === 'plan' && job.reason && job.status !== 'create' ? el('p', { class: 'why' }, job.reason) : null);
  button.addEventListener('click', () => toggle(job));
  return row;
}

const waited = job => phases(job)[0]?.phase === 'waiting' ? phases(job)[0].to : 0;

// Bars stand where they were in the run, or, to compare jobs of a long run, all begin at the left.
let alone = false;

function barOf(job) {
  const found = phases(job);
  if (found.length === 0) return el('div', { class: 'strip' }, el('span', { class: 'soft' }, job.status === 'reused' ? 'was there already' : ''));
  const said = found.map(({ phase, from, to }) => `${phase} ${span(to - from)}`).join(', ');
  const offset = alone ? waited(job) : 0, length = alone ? longestWork() : wholeLength;
  return el('div', { class: 'strip', role: 'img', 'aria-label': said, title: said }, found.filter(({ to }) => to > offset).map(({ phase, from, to }) =>
    el('i', { class: `phase ${phase}`, at: { left: percent((from - offset) / length), width: percent((to - from) / length) } })));
}

let most;
const longestWork = () => most ??= workedOn.reduce((longest, job) => Math.max(longest, lengthOf(job) - waited(job)), 1);

function setBars(value) {
  alone = value;
  for (const [job, row] of rowsByJob) row.querySelector('.line > .strip').replaceWith(stripOf(job));
  drawAxis();
}

const stripOf = job => job.of.kind === 'plan' ? smallClips(job) : barOf(job);

function toggle(job, open) {
  const row = rowOf(job), button = row.querySelector('.open'), panel = row.querySelector('.details');
  if (open ?? panel === null) {
    if (panel) return;
    row.append(details(job));
    row.classList.add('opened');
    button.setAttribute('aria-expanded', 'true');
    button.setAttribute('aria-controls', `details-${job.index}`);
  } else if (panel) {
    panel.players.stop();
    panel.remove();
    row.classList.remove('opened');
    button.setAttribute('aria-expanded', 'false');
    button.removeAttribute('aria-controls');
  }
}

function showJobs() {
  shown = chosen();
  added = 0;
  cancelIdleCallback(idle);
  byId('jobs').replaceChildren();
  addRows(FIRST);
  byId('none').hidden = shown.length > 0 || jobs.length === 0;
  byId('count').textContent = isFiltered() ? `${counts.format(shown.length)} of ${many(jobs.length, 'job')}` : many(jobs.length, 'job');
}

function addRows(number) {
  byId('jobs').append(...shown.slice(added, added + number).map(rowOf));
  added = Math.min(shown.length, added + number);
  if (added < shown.length) idle = requestIdleCallback(() => addRows(BATCH), { timeout: 200 });
}

// Safari has no idle time.
globalThis.requestIdleCallback ??= does => setTimeout(does, 16);
globalThis.cancelIdleCallback ??= clearTimeout;

function addAllRows() {
  cancelIdleCallback(idle);
  addRows(Infinity);
}

