// Posts a form beside the circuit, its fields before its one file, so that the server streams the file to the store. Gives the answer of the server, or a sentence that says why not.
export async function sendFile(form, texts, signal) {
  const body = new FormData();
  for (const [name, value] of new FormData(form))
    if (typeof value === 'string' && name !== '__RequestVerificationToken') body.append(name, value);
  body.append('file', form.elements.file.files[0]);
  try {
    const answer = await fetch(form.action, {
      method: 'POST', body, signal,
      headers: { RequestVerificationToken: form.elements.__RequestVerificationToken?.value ?? '' },
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
