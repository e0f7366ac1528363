// Beside each amount stands what the chosen class allows; without this a button shows it.
document.querySelectorAll("[data-ranges-of]").forEach((select) => {
  const form = document.getElementById(select.dataset.rangesOf);
  select.addEventListener("change", () => {
    form.querySelectorAll("[data-ranges]").forEach((words) => {
      words.textContent = JSON.parse(words.dataset.ranges)[select.value] ?? "";
    });
  });
});
