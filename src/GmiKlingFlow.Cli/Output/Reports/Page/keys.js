// The keyboard, all of it.
const KEYS = [
  ['/', 'search'], ['Esc', 'clear the search, or close the open job'], ['↓ ↑ or J K', 'next and previous job'], ['Enter', 'open or close the job'],
  ['Space', 'play or pause the open job'], ['← →', 'on the timeline: one second; with Shift a tenth'], ['Home End', 'on the timeline: start and end'], ['?', 'these keys'],
];

function onKey(event) {
  const target = event.target, isTyping = target.matches('input, select, textarea');
  if (event.ctrlKey || event.metaKey || event.altKey || byId('keys').open) return;
  const job = jobs[target.closest('.job')?.dataset.index];
  if (event.key === 'Escape') {
    if (target === byId('search')) search('');
    else if (job && target.closest('.details')) {
      toggle(job, false);
      rowOf(job).querySelector('.open').focus();
    } else if (job) toggle(job, false);
    return;
  }
  if (isTyping) {
    if (target === byId('search') && event.key === 'ArrowDown') move(1, event);
    return;
  }
  if (event.key === '/') byId('search').focus();
  else if (event.key === '?') byId('keys').showModal();
  else if (['ArrowDown', 'j', 'J'].includes(event.key) && (event.key !== 'ArrowDown' || target.matches('.open'))) return move(1, event);
  else if (['ArrowUp', 'k', 'K'].includes(event.key) && (event.key !== 'ArrowUp' || target.matches('.open'))) return move(-1, event);
  else if (event.key === ' ' && job && !target.matches('button, summary, a')) rowOf(job).querySelector('.details')?.players.toggle();
  else return;
  event.preventDefault();
}

function move(by, event) {
  const buttons = [...byId('jobs').querySelectorAll('.open')], here = document.activeElement.closest('.job')?.querySelector('.open');
  const next = buttons[here ? clamp(buttons.indexOf(here) + by, 0, buttons.length - 1) : 0];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  event.preventDefault();
}

function drawKeys() {
  byId('keys').append(
    el('h2', { id: 'keys-title' }, 'Keys'),
    el('dl', {}, KEYS.map(([key, does]) => el('div', {}, el('dt', {}, key.split(' ').map(part => part === 'or' ? ' or ' : el('kbd', {}, part))), el('dd', {}, does)))),
    el('button', { type: 'button', class: 'plain', on: { click: () => byId('keys').close() } }, 'Close'));
  byId('help').addEventListener('click', () => byId('keys').showModal());
}

