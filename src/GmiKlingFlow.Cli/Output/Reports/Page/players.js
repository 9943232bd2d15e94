// Source and result, played as one. The result leads; the source is put right when it drifts.
const DRIFT = 0.06;

class Players {
  constructor(length) {
    this.length = length;
    this.videos = [];
    this.listeners = [];
    this.at = 0;
  }

  get lead() { return this.videos.at(-1); }
  get playing() { return this.lead !== undefined && !this.lead.paused; }

  add(video) {
    this.videos.push(video);
    video.addEventListener('error', () => {
      this.videos = this.videos.filter(other => other !== video);
      this.tell();
    });
    for (const event of ['play', 'pause', 'seeked', 'ended', 'loadedmetadata']) video.addEventListener(event, () => this.follow());
  }

  onChange(listener) { this.listeners.push(listener); }

  tell() { for (const listener of this.listeners) listener(); }

  follow() {
    if (this.lead?.ended) this.videos.forEach(video => video.pause());
    if (this.lead && !this.lead.seeking) this.at = this.lead.currentTime * 1000;
    for (const video of this.playing ? this.videos.slice(0, -1) : []) {
      if (!video.seeking && !video.ended && Math.abs(video.currentTime - this.lead.currentTime) > DRIFT) video.currentTime = this.lead.currentTime;
    }
    this.tell();
    if (this.playing) {
      cancelAnimationFrame(this.frame);
      this.frame = requestAnimationFrame(() => this.follow());
    }
  }

  seek(ms) {
    this.at = clamp(ms, 0, this.length);
    for (const video of this.videos) video.currentTime = Math.min(this.at / 1000, Number.isFinite(video.duration) ? video.duration : Infinity);
    this.tell();
  }

  async toggle() {
    if (this.playing) {
      this.videos.forEach(video => video.pause());
      return;
    }
    if (this.at >= this.length - 50 || this.lead?.ended) this.seek(0);
    await Promise.allSettled(this.videos.map(video => video.play()));
    this.follow();
  }

  speed(rate) { for (const video of this.videos) video.playbackRate = rate; }

  // Whose sound is heard: result, source, both or none.
  sound(who) {
    for (const video of this.videos) video.muted = !(who === 'both' || video.dataset.side === who);
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.videos.forEach(video => video.pause());
  }
}

function playersView(job, players) {
  const source = sideOf('source', 'Source', job.media?.file, job.media?.url, job, players);
  const result = job.of.kind === 'plan' ? null : sideOf('result', 'Result', job.output?.file, undefined, job, players);
  return el('div', { class: 'sides' }, source, result);
}

function sideOf(side, title, file, url, job, players) {
  const box = el('div', { class: 'screen' }), note = el('span', { class: 'soft wrap' });
  if (file) {
    const video = el('video', { src: file.href, preload: 'metadata', playsinline: true, 'data-side': side, 'aria-label': `${title} of ${job.id}`, tabindex: '-1' });
    const gone = () => box.replaceChildren(absent(`${title} not found`, `It was to be at ${file.shown}, seen from this page. Keep the page beside its results; if the file is gone, gkflow run brings it back.`));
    video.addEventListener('error', gone);
    video.addEventListener('click', () => players.toggle());
    box.append(video);
    players.add(video);
    note.append(file.shown);
  } else if (url) {
    box.append(absent(`${title} is at a URL`, 'This page never goes online by itself.', el('a', { href: /^https?:/.test(url) ? url : null, rel: 'noreferrer', target: '_blank' }, 'Open it')));
    note.append(url);
  } else {
    box.append(absent(side === 'result' ? 'No result' : 'Source not named', side === 'result' ? 'The job has no output.' : 'These results do not say where the source is.'));
  }
  return el('figure', { class: 'side' }, box, el('figcaption', {}, el('b', {}, title), ' ', note));
}

const absent = (title, ...text) => el('div', { class: 'absent' }, el('b', {}, title), el('p', {}, text));

