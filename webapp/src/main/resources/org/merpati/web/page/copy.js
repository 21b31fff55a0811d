// Puts a "Copy" button on each command. The page is whole without it.
for (const box of document.querySelectorAll(".command")) {
  if (!navigator.clipboard) break; // browsers offer it on https and on loopback only
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(box.querySelector("pre").textContent);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
  box.append(button);
}
