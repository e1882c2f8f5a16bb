// Posts the fields of an element and its one file beside the circuit, the fields before the file, so that the server streams the file to the store: of a form, or of a part of one
// that has its address in data-action. Gives the answer of the server, or a sentence that says why not.
export async function sendFile(host, texts, signal) {
  const body = new FormData();
  for (const field of host.querySelectorAll('input[name], select[name], textarea[name]'))
    if (!['file', 'submit'].includes(field.type) && (!['checkbox', 'radio'].includes(field.type) || field.checked) && field.name !== '__RequestVerificationToken') body.append(field.name, field.value);
  body.append('file', host.querySelector('input[type=file]').files[0]);
  try {
    const answer = await fetch(host.dataset.action ?? host.action, {
      method: 'POST', body, signal,
      headers: { RequestVerificationToken: host.querySelector('input[name=__RequestVerificationToken]')?.value ?? '' },
    });
    const said = await answer.json().catch(() => null);
    if (answer.status === 201) return said ?? {};
    if (answer.status === 401) return texts.stale;
    if (answer.status === 403) return texts.notYours;
    return said?.detail ?? texts.failed;
  } catch {
    return texts.network;
  }
}
