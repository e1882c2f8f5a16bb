// Sends one file to the server beside the circuit, says how far it is, and tells the page which submission it became.
export function open(box, page, options) {
  const input = box.querySelector('input[type=file]');
  const token = box.querySelector('input[name=__RequestVerificationToken]');
  const sending = box.querySelector('.sending');
  const bar = sending.querySelector('progress');
  const status = sending.querySelector('[role=status]');
  const stop = sending.querySelector('button');
  const alert = box.querySelector('[role=alert]');
  const listening = new AbortController();
  // Each sending has a mark. A file that is sent again because no answer came keeps its mark, so that it is not taken twice.
  const marks = new Map();
  let request = null;

  const say = text => { alert.textContent = text; alert.hidden = !text; };
  const show = text => { if (status.textContent !== text) status.textContent = text; };

  function busy(on) {
    box.classList.toggle('busy', on);
    sending.hidden = !on;
    input.value = '';
  }

  function take(files) {
    if (request || files.length === 0) return;
    const file = files[0];
    if (files.length > 1) return say(options.texts.oneFile);
    if (file.size > options.cap) return say(options.texts.tooLarge);
    if (file.size === 0) return say(options.texts.empty);
    say('');
    send(file);
  }

  // Not crypto.randomUUID: it is not there without https.
  function newMark() {
    const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  function send(file) {
    const name = `${file.name}|${file.size}|${file.lastModified}`;
    const mark = marks.get(name) ?? newMark();
    marks.set(name, mark);
    const body = new FormData();
    body.append('file', file);
    request = new XMLHttpRequest();
    request.responseType = 'json';
    request.upload.onprogress = event => {
      const part = Math.floor(100 * event.loaded / event.total);
      bar.value = part;
      show(part < 100 ? options.texts.sending.replace('{0}', part) : options.texts.storing);
    };
    request.onload = () => {
      if (request.status < 500) marks.delete(name);
      end(answer(request));
    };
    request.onerror = () => end(options.texts.network);
    request.onabort = () => end('');
    request.open('POST', '/intake/files');
    request.setRequestHeader('RequestVerificationToken', token?.value ?? '');
    request.setRequestHeader('Idempotency-Key', mark);
    bar.value = 0;
    show(options.texts.sending.replace('{0}', 0));
    busy(true);
    request.send(body);
  }

  // Empty where it is done: then the page goes on to the submission.
  function answer({ status: code, response }) {
    if (code === 201) {
      page.invokeMethodAsync('Stored', response.id);
      return '';
    }
    if (code === 401) return options.texts.stale;
    if (code === 413) return response?.detail ?? options.texts.tooLarge;
    return response?.detail ?? options.texts.failed;
  }

  function end(text) {
    request = null;
    busy(false);
    say(text);
    if (text) input.focus();
  }

  const on = (target, name, handler) => target.addEventListener(name, handler, { signal: listening.signal });
  on(input, 'change', () => take(input.files));
  // Chosen before this module was there.
  take(input.files);
  on(stop, 'click', () => request?.abort());
  on(box, 'dragover', event => { event.preventDefault(); box.classList.add('over'); });
  on(box, 'dragleave', event => { if (!box.contains(event.relatedTarget)) box.classList.remove('over'); });
  on(box, 'drop', event => {
    event.preventDefault();
    box.classList.remove('over');
    take(event.dataTransfer.files);
  });

  return {
    close() {
      listening.abort();
      request?.abort();
    },
  };
}
