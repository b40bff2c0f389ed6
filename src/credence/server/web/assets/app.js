// Passkeys. A form with data-passkey names where the API asks and takes the answer; without script it is not shown.
const post = async (path, body) => {
  const headers = { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() };
  const reply = await fetch(path, { method: "POST", headers, body: JSON.stringify(body), credentials: "same-origin" });
  const told = reply.status === 204 ? {} : await reply.json();
  if (!reply.ok) throw new Error(told.detail || reply.statusText);
  return told;
};
const answer = async (form) => {
  const said = Object.fromEntries(new FormData(form));
  const making = form.dataset.passkey === "add";
  const asked = await post(form.dataset.options, making ? said : {});
  const way = PublicKeyCredential;
  const publicKey = making ? way.parseCreationOptionsFromJSON(asked.options) : way.parseRequestOptionsFromJSON(asked.options);
  const credential = await (making ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
  await post(form.action, { ...said, challenge_id: asked.challenge_id, credential: credential.toJSON() });
  location.assign(form.dataset.next);
};
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-passkey]");
  if (!form) return;
  event.preventDefault();
  answer(form).catch((error) => { form.querySelector("[role=alert]").textContent = error.message; });
});
for (const part of document.querySelectorAll("[data-script]")) part.hidden = false;
