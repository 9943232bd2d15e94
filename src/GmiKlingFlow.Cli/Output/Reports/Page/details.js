// Everything of one job: built when it is opened.
function details(job) {
  const lanes = lanesOf(job), length = lengthOfVideo(job, lanes), players = new Players(length);
  const hasMedia = job.media?.file !== undefined || job.media?.url !== undefined || job.output?.file !== undefined;
  const panel = el('div', { class: 'details', id: `details-${job.index}` },
    job.error ? trouble(job.error) : null,
    hasMedia ? playersView(job, players) : null,
    controls(players),
    lanes.length > 0 || players.videos.length > 0 ? scrubber(job, lanes, length, players) : null,
    clipTable(job, lanes),
    requests(job),
    facts(job));
  panel.players = players;
  players.sound(players.lead?.dataset.side);
  return panel;
}

function trouble({ code, message, hint, retryable }) {
  return el('div', { class: 'trouble' },
    el('p', { class: 'message' }, code ? el('b', { class: 'code' }, code) : null, ' ', message),
    hint ? el('p', { class: 'hint' }, el('b', {}, 'Way out: '), hint) : null,
    el('p', { class: 'soft' }, retryable ? 'Running the flow again may help as it is. ' : 'Running the flow again as it is will not help. ',
      code ? ['More: ', el('code', {}, `gkflow explain ${code}`)] : null));
}

function controls(players) {
  if (players.videos.length === 0) return null;
  const play = el('button', { type: 'button', class: 'play', on: { click: () => players.toggle() } });
  const time = el('output', { class: 'time' });
  const sides = players.videos.map(video => video.dataset.side).reverse();
  const choice = (label, options, does) => el('label', { class: 'choice' }, label, ' ',
    el('select', { on: { change: event => does(event.target.value) } }, options.map(([value, text, on]) => el('option', { value, selected: on }, text))));
  const bar = el('div', { class: 'controls' }, play, time,
    choice('Sound', [...sides.map(side => [side, side]), ...(sides.length > 1 ? [['both', 'both']] : []), ['none', 'off']], who => players.sound(who)),
    choice('Speed', [0.25, 0.5, 1, 2].map(rate => [rate, `× ${rate}`, rate === 1]), rate => players.speed(Number(rate))));
  const show = () => {
    bar.hidden = players.videos.length === 0;
    play.replaceChildren(players.playing ? 'Pause' : sides.length > 1 ? 'Play both' : 'Play');
    play.classList.toggle('on', players.playing);
    time.replaceChildren(`${clock(players.at)} / ${clock(players.length)}`);
  };
  players.onChange(show);
  show();
  return bar;
}

// The video's timeline, which is also where one seeks.
function scrubber(job, lanes, length, players) {
  const head = el('div', { class: 'playhead', 'aria-hidden': 'true' });
  const track = el('div', { class: 'track' },
    lanes.map(lane => el('div', { class: `lane hue${lane.hue}` }, bars(lane, length, true))),
    lanes.length === 0 ? el('div', { class: 'lane' }) : null, head);
  const show = () => {
    head.style.setProperty('left', percent(clamp(players.at / length, 0, 1)));
    if (!track.hasAttribute('role')) return;
    track.setAttribute('aria-valuenow', Math.round(players.at));
    track.setAttribute('aria-valuetext', `${clock(players.at)} of ${clock(length)}`);
  };
  if (players.videos.length > 0) {
    fill(track, { role: 'slider', tabindex: '0', 'aria-label': 'Time in the video', 'aria-valuemin': '0', 'aria-valuemax': Math.round(length) }, []);
    track.addEventListener('keydown', event => seekByKey(event, players));
    const seek = event => {
      const { left, width } = track.getBoundingClientRect();
      players.seek((event.clientX - left) / width * length);
    };
    track.addEventListener('pointerdown', event => {
      track.setPointerCapture(event.pointerId);
      seek(event);
    });
    track.addEventListener('pointermove', event => event.buttons > 0 && seek(event));
    players.onChange(show);
  } else {
    head.hidden = true;
  }
  show();
  return el('div', { class: 'score' },
    el('div', { class: 'names' }, lanes.map(lane => el('div', { class: `name hue${lane.hue}` }, face(lane), el('span', { class: 'wrap' }, laneName(lane))))),
    el('div', { class: 'play-area' }, track, axis(length, 8)),
    lanes.length > 0 ? el('ul', { class: 'legend', 'aria-label': 'Legend' },
      el('li', {}, el('i', { class: 'swatch seen' }), 'face seen'), el('li', {}, el('i', { class: 'swatch clip' }), 'says a clip'),
      lanes.some(lane => !lane.known && lane.clips.length > 0) ? el('li', {}, el('i', { class: 'swatch clip guess' }), 'face not known yet') : null) : null);
}

function seekByKey(event, players) {
  const step = event.shiftKey ? 100 : 1000;
  const to = { ArrowLeft: players.at - step, ArrowRight: players.at + step, Home: 0, End: players.length, PageUp: players.at - 5000, PageDown: players.at + 5000 }[event.key];
  if (event.key === ' ') players.toggle();
  else if (to !== undefined) players.seek(to);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function requests(job) {
  if (!job.steps) return null;
  const isPlan = job.of.kind === 'plan';
  const columns = isPlan ? ['Request', 'What', 'Estimate'] : ['Request', 'Id', 'State', 'Sent', 'Queued', 'Worked', 'Polls', 'Cost'];
  const rows = job.steps.map(step => el('tr', {}, el('th', { scope: 'row' }, MODEL[step.model] ?? step.model), isPlan
    ? [el('td', {}, step.status === 'reuse' ? 'uses an earlier answer' : 'will be sent'), el('td', { class: 'number' }, money(step.usd))]
    : [
      el('td', { class: 'id' }, step.requestId ?? '–'),
      el('td', {}, step.status, step.attempts > 1 ? el('span', { class: 'soft' }, ` ${step.attempts} tries`) : null),
      el('td', {}, step.submittedAt === undefined ? '–' : moment(step.submittedAt)),
      el('td', { class: 'number' }, step.queuedMs === undefined ? '–' : span(step.queuedMs)),
      el('td', { class: 'number' }, step.finishedAt === undefined || step.submittedAt === undefined ? '–' : span(step.finishedAt - step.submittedAt - (step.queuedMs ?? 0))),
      el('td', { class: 'number' }, step.polls ?? '–'),
      el('td', { class: 'number' }, money(step.usd), step.costSource ? el('span', { class: 'soft' }, ` ${step.costSource}`) : null),
    ]));
  return [
    scroller(`Requests of ${job.id}`, el('table', {}, el('caption', { class: 'hush' }, 'Requests'), el('thead', {}, el('tr', {}, columns.map(name => el('th', { scope: 'col', class: ['Queued', 'Worked', 'Polls', 'Cost', 'Estimate'].includes(name) ? 'number' : null }, name)))), el('tbody', {}, rows))),
    job.steps.filter(step => step.payload).map(step => el('details', { class: 'payload' },
      el('summary', {}, `${MODEL[step.model] ?? step.model}: payload`, step.unknown ? el('span', { class: 'soft' }, ` · ${many(step.unknown.length, 'value')} known later`) : null),
      el('pre', { tabindex: '0' }, step.payload))),
  ];
}

function facts(job) {
  const rows = [
    ['Video', job.videoName], ['Reason', job.reason],
    ['Result', job.output && [job.output.file?.shown ?? '–', ` · ${[bytes(job.output.bytes), job.output.durationMs && seconds(job.output.durationMs)].filter(Boolean).join(' · ')}`]],
    ['SHA-256', job.output?.sha256 && el('span', { class: 'id' }, job.output.sha256)],
    ['Time', lengthOf(job) > 0 && phases(job).map(({ phase, from, to }) => `${phase} ${span(to - from)}`).join(' · ')],
    ['Run', runs.length > 1 && runName(job.of)], ['Job key', job.key && el('span', { class: 'id' }, job.key)],
  ].filter(([, value]) => value);
  return el('dl', { class: 'facts' }, rows.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))));
}

