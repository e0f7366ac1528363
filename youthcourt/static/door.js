// A link leads here with the code behind the "#", which is never sent to a server: that of a slip
// has eight characters, that of an invitation sixteen.
const field = document.querySelector("[data-slip-code], [data-invitation-code]");
const wanted = field?.matches("[data-invitation-code]") ? 16 : 8;
const code = decodeURIComponent(location.hash.slice(1)).replace(/[\s-]/g, "").toUpperCase();

if (field && code.length === wanted && /^[2-9A-HJKMNP-Z]+$/.test(code)) {
  history.replaceState(null, "", location.pathname);
  field.value = code;
  field.form.requestSubmit();
}
