// Sends one file beside the circuit and tells the page under which hash it is kept.
export function open(box, page, options) {
  const input = box.querySelector('input[type=file]');
  const token = box.querySelector('input[name=__RequestVerificationToken]');
  const status = box.querySelector('[role=status]');
  const alert = box.querySelector('.upload-fault');
  const listening = new AbortController();

  const say = text => { alert.textContent = text; alert.hidden = !text; };

  async function take() {
    const file = input.files[0];
    if (!file) return;
    say('');
    if (file.size > options.cap) return say(options.texts.tooLarge);
    input.disabled = true;
    status.textContent = options.texts.sending;
    const problem = await send(file);
    if (listening.signal.aborted) return;
    input.disabled = false;
    input.value = '';
    status.textContent = '';
    say(problem);
  }

  // Empty where it is kept.
  async function send(file) {
    const body = new FormData();
    body.append('file', file);
    try {
      const answer = await fetch('/organisations/territories/files', {
        method: 'POST', body, signal: listening.signal, headers: { RequestVerificationToken: token?.value ?? '' },
      });
      const said = await answer.json().catch(() => null);
      if (!answer.ok) return answer.status === 401 ? options.texts.stale : said?.detail ?? options.texts.failed;
      await page.invokeMethodAsync('Stored', said.sha256, said.name);
      return '';
    } catch {
      return options.texts.network;
    }
  }

  input.addEventListener('change', take, { signal: listening.signal });
  // Chosen before this module was there.
  take();
  return { close: () => listening.abort() };
}
